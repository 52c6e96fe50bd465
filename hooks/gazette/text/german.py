"""The vocabulary of German policies; words are in the form that `casefold` gives them."""

from __future__ import annotations

from gazette.text.vocabulary import Topic, Vocabulary, forms, groups, numbered, words

_FAMILIES = {
    Topic.AGE: """
        alter, lebensalter, mindestalter, minderjährig*, volljährig*, kind, kinder*, kindes*,
        jugendlich*, eltern, elter*, erziehungsberechtigt*, sorgeberechtigt*, geschäftsfähig*,
        vormund*, lebensjahr*""",
    Topic.PERIOD: """
        jährlich, monatlich, wöchentlich, täglich, stündlich, vierteljährlich, halbjährlich,
        zweijährlich, quartalsweise, jedes jahr, jeden monat, jede woche, jeden tag, jedes quartal,
        pro jahr, pro monat, pro woche, pro tag""",
    Topic.LAW: """
        anwendbares recht, deutsches recht, recht der, recht des, kaufrecht, gerichtsstand*,
        *gericht, *gerichte, gerichtlich*, schiedsverfahr*, *schlichtung*, schlichtungs*, schieds*,
        streitigkeit*, streitfall*, rechtsstreit*, *klage, klag*, rechtsweg*, *aufsichtsbehörd*,
        gesetz*, verjähr*, mediation*, mediator*, salvatorisch*, ombuds*, einstweilig*, rechtswahl,
        vorrang, maassgeblich*""",
    Topic.LIABILITY: """
        haft, *haftung*, haftet, haftpflicht*, schadenersatz*, schadensersatz*, schaden, schäden,
        *schaden, schadens*, gewährleistung*, garant*, *fahrlässig*, vorsatz, vorsätzlich*,
        freistell*, freizustell*, *verschuld*, aufwendungsersatz, entschädig*, *verlust*, mangel,
        mängel*, mangelhaft*, höhere gewalt, *versicherung*, versichert, verantwortlich für,
        eigene gefahr, eigenes risiko, verzicht*, folgeschäd*, einsteh*, einzusteh*""",
    Topic.FEE: """
        gebühr*, *gebühr, *gebühren*, entgelt*, *entgelt, kosten, *kosten, kostet, kostenlos*,
        kostenfrei*, kostenpflichtig*, preis*, *preis, *preise, zahlung*, zahlt, zahlen, zahlbar*,
        *zahlung, *bezahl*, vergüt*, *erstatt*, steuer, *steuer, rechnung*, abrechn*, mahn*,
        zins, *zins, *zinsen, vertragsstraf*, kaution*, rabatt*, provision*, beitrag*, *beitrag,
        beiträg*, *beiträge, unentgeltlich*, *verlänger*, *abonnement*, *abo, lastschrift*,
        gutschrift*, aufpreis*, zuschlag*, zuschläg*, fällig*""",
    Topic.PROHIBITION: """
        *verbot*, verbiet*, untersag*, unzulässig*, nicht gestattet, nicht erlaubt, nicht zulässig,
        nicht mehr, unterlass*, sperr*, *sperrung*, gesperrt*, aussetz*, ausgesetzt*, rechtswidrig*,
        unbefugt*, unerlaubt*, verstoss*, verstöss*, verletz*, ohne zustimmung, ohne erlaubnis,
        ohne genehmigung""",
    Topic.PARTY: """
        gmbh, ag, kg, ohg, ug, gbr, kgaa, ltd, llc, inc, vertragspartner*, vertragspartei*,
        rechtsnachfolg*, sitz, firmensitz, handelsregister*, datenschutzbeauftragt*, vertreter*,
        abtret*, abgetret*, betreiber*, *gesellschaft""",
    Topic.EXCEPTION: """
        ausser, ausnahm*, es sei denn, sei denn, sofern, soweit, nur, ausschliesslich*, lediglich,
        ausgenommen*, vorbehalt*, vorbehaltlich*, bis zu, höchst*, mindest*, maximal*, minimal*,
        beschränk*, unbeschränkt*, begrenz*, bedingung*, voraussetzung*, schriftlich*, textform,
        schriftform, vorherig*, vorher, zuvor, ausdrücklich*, angemess*, falls, wenn, frist*,
        *frist, *fristen, unverzüglich*, sofort*, umgehend*, jederzeit, ohne angabe von gründen,
        *ermessen, befreit*, befreiung*, unbegrenzt*, unbefristet*, befristet*, spätest*,
        frühest*, wesentlich*, wichtiger grund, zwingend*, ausgeschlossen*, muss nicht, pauschal*,
        dauerhaft*, ausnahmslos""",
    Topic.DATA: """
        dritter, dritte, dritten, drittanbieter*, drittland*, drittländ*, geteilt*, weitergeb*,
        weitergab*, weitergib*, weitergegeb*, weiterzugeb*, weiterleit*, weitergeleit*, offenleg*,
        offengeleg*, offenzuleg*, verkauf*, verkäuf*, übermitt*, übertrag*, empfänger*,
        *dienstleister*, auftragsverarbeit*, unterauftrag*, partner*, *partner, werbung, werbe*,
        *werbung, marketing*, personenbezogen*, erheb*, erhoben*, erfass*, *verarbeit*, zweck*,
        *zweck, *zwecke, train*, profiling, profil*, cookie*, tracking*, verfolg*, standort*,
        biometrisch*, gesundheit*, *aufbewahr*, speicher*, *speicherung*, gespeichert*, lösch*,
        gelöscht*, *löschung*, sensibel, sensible*, analyse*, analysier*, *behörde, *behörden,
        anonym*, pseudonym*, zusammenführ*, zusammengeführt*, überwach*, protokoll*, aufzeichn*,
        aufgezeichnet*, *verschlüssel*, telemetrie*, nutzungsdaten, konzern*""",
    Topic.DUTY: """
        muss, *verpflicht*, pflicht*, *pflicht, *pflichten, erforderlich*, notwendig*,
        obligatorisch*, verbindlich*, zustimm*, *zustimmung, einwillig*, *einwilligung, bestätig*,
        informier*, unterricht*, benachrichtig*, mitteil*, mitzuteil*, mitgeteilt*, *meldung,
        meld*, gemeldet*, einhalt*, einzuhalt*, sicherstell*, sicherzustell*, gewährleist*,
        verantwort*, zusicher*, antwort*, beantwort*, vertraulich*, geheim*, nachweis*, anzeig*""",
    Topic.RIGHT: """
        darf, kann, recht, *recht, *rechte, berechtigt*, anspruch*, ansprüch*, befugt*, befugnis*,
        erlaub*, gestatt*, *lizenz, lizenz*, genehmig*, option*, wahlrecht*, wähl*, widersprech*,
        *widerspruch*, widerspricht, widerruf*, *kündig*, stornier*, *änderung*, änder*, geändert*,
        anpass*, angepasst*, einstellung*, zugriff*, zugang*, auskunft*, auskünft*, berichtig*,
        übertragbar*, *beschwer*, verlang*, anforder*, eigentum*, unwiderruflich*, einräum*,
        eingeräumt*""",
}

GERMAN = Vocabulary(
    families=_FAMILIES,
    modals=words("darf kann muss soll"),
    negations=words("nicht nie niemals ohne weder nichts niemand"),
    limits=words(
        """alle allen aller alles jede jeder jedes jeden jedem einige einigen einiger manche mancher
        beide beiden mehrere viele wenige meisten und oder aber sowie wir uns unser unsere unserer
        unseren unserem unseres ihr ihre ihrer ihren ihrem ihres ihnen du dein deine deiner deinen
        er ihm ihn es solche solchen solcher aus durch gegen einschliesslich insbesondere
        jeweils jeweilige jeweiligen bzw beziehungsweise un"""
    ),
    reach=(6, 4),
    contractions={"z. b.": "", "z.b.": "", "d. h.": "", "d.h.": "", "e-mail": "email"},
    same=forms(
        """darf|dürfen|dürft|dürfte|dürften kann|können|könnt|könnte|könnten|kannst
        muss|müssen|müsst soll|sollen|sollte|sollten nicht|kein|keine|keinen|keinem|keiner|keines
        ein|eine|einen|einem|einer|eines alter|alters daten"""
    ),
    endings=dict.fromkeys(("ern", "en", "em", "er", "es", "e", "n", "s"), ""),
    idle=words(
        """der die das den dem des dies diese dieser dieses diesen diesem jene jener und oder ist
        sind war waren wird werden wurde wurden worden sein seine seiner seinen seinem hat haben
        hatte in im ins an am ans auf bei beim zu zum zur von vom für mit als wie um aus durch über
        gegen sich wir uns unser unsere unserer unseren unserem unseres sie ihr ihre ihrer ihren
        ihrem ihres ihnen ich mein meine du dein deine deiner deinen er es man welche welcher
        welches welchen was wer wo auch so dann da dass hier dort dabei dazu davon daran darin
        damit daraus hierzu hierbei hiervon sowie bzw beziehungsweise usw etc bitte etwa also gern
        gerne denen deren dessen gemäss einschliesslich insbesondere folgende folgenden
        folgender ihm ihn alle allen aller alles jeweils jeweilige jeweiligen solche solchen solcher
        per siehe jedoch allerdings daher deshalb somit ausserdem zudem ferner dennoch"""
    ),
    sides=(
        words("wir uns unser unsere unserer unseren unserem unseres"),
        words("sie ihnen ihr ihre ihrer ihren ihrem ihres du dir dich dein deine deiner deinen"),
    ),
    opposites=groups(
        """ein|aus an|aus eingeschaltet|ausgeschaltet aktiviert|deaktiviert über|unter vor|nach
        mehr|weniger höher|niedriger innerhalb|ausserhalb freiwillig|verpflichtend"""
    ),
    equals=groups("wenn|falls|sofern jede|jegliche jeder|jeglicher jedes|jegliches"),
    inquiries=(
        """fragen haben, fragen zu, fragen zum, fragen zur, fragen über, bei fragen, für fragen,
        rückfragen, fragen oder, anregungen"""
    ),
    joints=words("und oder sowie"),
    months=numbered(
        """januar|jänner|jan februar|feb märz|mär april|apr mai juni|jun juli|jul august|aug
        september|sept|sep oktober|okt november|nov dezember|dez""",
        range(1, 13),
    ),
    units=forms(
        """tag|tage|tagen|tages|tägig|tägige|tägigen|tägiger werktag|werktage|werktagen|werktags
        arbeitstag|arbeitstage|arbeitstagen kalendertag|kalendertage|kalendertagen
        bankarbeitstag|bankarbeitstage|bankarbeitstagen woche|wochen|wöchig|wöchige|wöchigen
        monat|monate|monaten|monats|monatig|monatige|monatigen quartal|quartale|quartalen
        jahr|jahre|jahren|jahres|jährig|jährige|jährigen stunde|stunden|stündig|stündige
        minute|minuten"""
    ),
    sorts=words("aufeinanderfolgende aufeinanderfolgenden volle vollen weitere weiteren"),
    year="jahr",
    numerals=numbered(
        """ein|eine|einen|einem|einer|eines zwei drei|dreier vier fünf sechs sieben acht neun zehn
        elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn""",
        range(1, 20),
    )
    | numbered(
        "zwanzig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig hundert",
        range(20, 101, 10),
    ),
    ages=(
        r"alter|mindestalter|jahren? alt|lebensjahr\w*|minderjährig\w*|volljährig\w*|"
        r"kind(?:er\w*)?|jugendlich\w*|personen (?:unter|ab|über)|älter|jünger"
    ),
    stamps=words(
        """stand fassung version aktualisiert aktualisierung geändert gültig kraft zuletzt
        veröffentlicht überarbeitet letzt copyright gilt"""
    ),
    references=(
        r"abs(?:atz|atzes|ätzen?)?\.?|art(?:ikeln?)?\.?|ziff(?:ern?)?\.?|nr\.?|nummern?|satz|lit\.?|"
        r"buchst(?:abe)?\.?|anlagen?|anhang|kapiteln?|abschnitt(?:e|en)?|klauseln?|teil|punkte?n?|"
        r"richtlinie|verordnung|seiten?|schritt|erwägungsgrund"
    ),
    currencies="euros?|cent|dollar|franken|pfund",
    nouns_are_capitals=True,
)
