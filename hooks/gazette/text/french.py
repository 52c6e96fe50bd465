"""The vocabulary of French policies."""

from __future__ import annotations

from gazette.text.vocabulary import Topic, Vocabulary, forms, groups, numbered, words

_FAMILIES = {
    Topic.AGE: """
        âge, âgé, mineur*, enfant*, parent*, parental*, tuteur*, tutrice, adolescent*,
        majorité, capacité juridique""",
    Topic.PERIOD: """
        annuel*, mensuel*, hebdomadair*, quotidien*, trimestriel*, semestriel*, chaque année,
        chaque mois, chaque semaine, chaque jour, chaque trimestre, par an, par mois, par semaine,
        par jour, tous les ans, tous les mois""",
    Topic.LAW: """
        droit français, droit applicable, loi applicable, droit belge, droit suisse, régi, loi,
        législation*, tribuna*, juridiction*, cour d appel, arbitr*, médiat*, litig*, différend*,
        juge, jury, action collective, action de groupe, action en justice, recours collectif,
        contentieux, judiciair*, autorité de contrôle, cnil, prescription*, prescrit*, prévaloir,
        prévau*, légal*""",
    Topic.LIABILITY: """
        responsabilité*, responsable de, responsable des, dommag*, indemn*, garanti*, négligen*,
        faut, préjudic*, dédommag*, compens*, pert, exonér*, décharg*, en l état, force majeure,
        assurance*, assuranc*, renonc*, risques et périls, vice, défaillanc*""",
    Topic.FEE: """
        frais, tarif*, prix, coût*, paie, paiement*, payer, payé, payez, payons, paient, payabl*,
        payant*, impayé*, rembours*, factur*, tax, taxation, tva, pénalité*, amende,
        intérêts de retard, dépôt*, caution*, rémunér*, redevanc*, gratuit*, abonnement*,
        commission*, remis, réduction*, renouvel*, reconduct*, reconduit*, prélèv*, majoration*,
        majoré*, surtax*, supplément*, avoir commercial""",
    Topic.PROHIBITION: """
        interdi*, prohib*, pas autorisé, pas permis, suspen*, illicit*, illégal*, non autorisé,
        enfrein*, viol*, contrefa*, sans autorisation, sans permission, absten*, abstien*, bloqu*,
        exclu, exclusion*, exclur*""",
    Topic.PARTY: """
        sarl, sas, sasu, gmbh, ltd, société*, siège social, rcs, siret, responsable du traitement,
        délégué à la protection, cocontractant*, ayant droit, cession*, céder, cède, cédé,
        cessionnair*, représentant*, éditeur*""",
    Topic.EXCEPTION: """
        sauf, exception*, excepté, moins que, seul, seulement, uniquement, exclusiv*,
        sous réserve, sans préjudice, dans la mesure, jusque, limit*, illimit*, condition*, écrit*,
        préalabl*, expressément, exprè*, explicit*, raisonnabl*, au moins, au plus, maxim*,
        minim*, si, s il, discrétion*, exempt*, dispens*, hors, avant, tout moment, sans motif,
        substantiel*, immédiat*, délai*, meilleurs délais, rapidement, indéfini*, aucun cas,
        qu après, sans justification, motif légitime""",
    Topic.DATA: """
        tiers, tierc*, partag*, communiqu*, divulg*, vend, vendent, vendez, vendons,
        vendre, vendra, vendu*, vente, revendr*, revendu*, revente, transfér*, transfèr*,
        transfert*, transmet*, transmis*, filial*, affili*, partenair*, publicit*, annonceur*,
        marketing, prestatair*, sous traitant, sous traitance, fournisseur*, destinatair*,
        données personnelles, données à caractère personnel, collect*, recueil*, traitement*,
        traiter, traité, traitons, traitent, traite, finalité*, entraîn*, profilag*, cooki*,
        traceur*, localis*, géolocalis*, biométri*, santé, conserv*, stock*, supprim*, suppress*,
        effac*, sensibl*, analys*, autorité*, anonym*, pseudonym*, surveill*, enregistr*, chiffr*,
        télémétri*, démarch*, prospect*""",
    Topic.DUTY: """
        doit, oblig*, tenu, exig*, requi*, nécessair*, devoir*, engag*, respect*, conform*,
        accept*, consent*, notifi*, inform*, avis, averti*, veill*, assur*, répond*,
        confidentiel*, confidentialité, secret, responsabl*, préven*, prévien*, signal*""",
    Topic.RIGHT: """
        peut, droit, autoris*, permi, permet*, permission*, licenc*, option*, choisi*, choix,
        refus*, oppos*, retrait*, retir*, rétract*, annul*, modifi*, chang*, résili*, accéd*,
        accè, rectif*, portabilité, réclam*, plaint*, demand*, propriét*, réserv*, irrévocabl*,
        perpétuel*, cessibl*, habilit*""",
}

FRENCH = Vocabulary(
    families=_FAMILIES,
    modals=words("peut doit"),
    negations=words("ne ni sans jamais aucun non rien"),
    limits=words(
        """tout toute tous toutes certains certaines quelques plusieurs chaque plupart deux et ou
        mais nous notre nos vous votre vos leur leurs son sa ses ils elles il elle on eux lui tel
        telle tels telles vers entre chez notamment jusque"""
    ),
    reach=(0, 3),
    contractions={"n'": "ne ", "jusqu'": "jusque ", "e-mail": "email", "courriel": "email"},
    same=forms(
        """peut|peux|peuvent|pouvez|pouvons|pourra|pourrez|pourrons|pourront
        doit|dois|doivent|devez|devons|devra|devrez|devrons|devront un|une aucun|aucune"""
    ),
    endings={
        "eront": "",
        "erons": "",
        "erez": "",
        "ront": "",
        "era": "",
        "ra": "",
        "ées": "é",
        "és": "é",
        "ée": "é",
        "aux": "al",
        "elles": "el",
        "elle": "el",
        "es": "",
        "e": "",
        "s": "",
        "x": "",
    },
    idle=words(
        """le la les un une des du de au aux et ou à en dans sur par pour avec ce cet cette ces
        cela ceci ça il elle ils elles on nous vous leur leurs notre nos votre vos son sa ses mon
        ma mes qui que quoi dont où quand comme est sont être été était étaient sera seront a ont
        avoir avez avons eu y lui eux se pas tout toute tous toutes ainsi alors aussi donc
        car chez lors lorsque ici là même mêmes tel telle tels telles etc soit ledit ladite
        lesdites veuillez merci ci dessus dessous afin vers entre celui celle ceux celles lequel
        laquelle lesquels lesquelles duquel auquel qu jusque notamment êtes
        cependant toutefois néanmoins"""
    ),
    sides=(
        words("nous notre nos nôtre"),
        words("vous votre vos vôtre tu te toi ton ta tes"),
    ),
    opposites=groups(
        """sur|sous dessus|dessous avant|après plus|moins avec|sans supérieur|inférieur
        activé|désactivé facultatif|obligatoire"""
    ),
    equals=groups("si|lorsque|quand"),
    inquiries=(
        """toute question, une question, des questions, vos questions, questions relatives,
        question relative, toute demande d information"""
    ),
    joints=words("et ou"),
    months=numbered(
        """janvier|janv février|févr mars avril|avr mai juin juillet|juil août septembre|sept
        octobre|oct novembre|nov décembre|déc""",
        range(1, 13),
    ),
    units=forms(
        "jour|jours semaine|semaines mois an|ans|année|années heure|heures minute|minutes "
        "trimestre|trimestres"
    ),
    sorts=words("ouvrés ouvrables ouvré ouvrable calendaires francs pleins consécutifs"),
    year="an",
    numerals=numbered(
        """un|une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze
        seize""",
        range(1, 17),
    )
    | numbered("vingt trente quarante cinquante soixante", range(20, 61, 10))
    | {"cent": 100},
    ages=(
        r"âge|âgée?s?|mineure?s?|enfants?|ans ou plus|ans révolus|"
        r"(?:personnes?|utilisateurs?|utilisatrices?|jeunes) de (?:moins|plus)"
    ),
    stamps=words(
        """jour mis vigueur version publié modifié actualisé révisé dernièr copyright
        modification révision"""
    ),
    references=(
        r"articles?|art\.|sections?|clauses?|paragraphes?|alinéas?|annexes?|chapitres?|titres?|"
        r"parties?|règlement|points?|étapes?|pages?|considérants?|directive|n[°ºo]|numéros?"
    ),
    currencies="euros?|centimes?|dollars?|francs?",
)
