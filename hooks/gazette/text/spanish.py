"""The vocabulary of Spanish policies."""

from __future__ import annotations

from gazette.text.vocabulary import Topic, Vocabulary, forms, groups, numbered, words

_FAMILIES = {
    Topic.AGE: """
        edad*, menor, niñ*, padr, madr, parental*, tutor*, adolescent*, patria potestad""",
    Topic.PERIOD: """
        anual*, mensual*, semanal*, diari*, trimestral*, semestral*, cada año, cada mes,
        cada semana, cada día, cada trimestre, al año, al mes, por año, por mes""",
    Topic.LAW: """
        ley, legislaci*, derecho español, derecho aplicable, rige, regirá, rigen, tribunal*,
        juzgad*, juec, jurisdicci*, arbitr*, mediaci*, mediador*, litigi*, controversi*, disput*,
        demandas colectivas, demanda colectiva, acción colectiva, acciones colectivas,
        acción judicial, judicial*, autoridad de control, agencia española, prescripci*, prescrib*,
        fuero, prevalec*, legal*""",
    Topic.LIABILITY: """
        responsabilidad*, responsable de, responsable por, responsables de, dañ*, perjuici*,
        indemni*, garantí*, negligen*, culp, dol, pérdid*, compens*, exoner*, exim*, tal cual,
        fuerza mayor, renunci*, propio riesgo, vici, respondemos de, respondemos por""",
    Topic.FEE: """
        tarif*, preci*, cost*, cuot*, pag*, comisi*, reembols*, devoluci*, devuelv*, devolver*,
        factur*, impuest*, iva, penaliza*, mult, intereses, depósit*, fianz*, descuent*, gratuit*,
        gratis, suscripci*, renov*, renuev*, cargo, cargos, cobr*, recarg*, abon*, prórrog*,
        prorrog*""",
    Topic.PROHIBITION: """
        prohib*, prohíb*, vetad*, no permitido, ya no, suspend*, suspensi*, ilegal*, ilícit*,
        no autorizado, sin autorización, sin permiso, infring*, infracci*, incumpl*, vulner*,
        absten*, abstien*, restring*, bloque*""",
    Topic.PARTY: """
        sl, slu, gmbh, ltd, sociedad*, domicilio social, nif, cif, registro mercantil,
        responsable del tratamiento, delegado de protección, cesión, ceder, cede, cedid*,
        cesionari*, representant*, sucesor*, titular*""",
    Topic.EXCEPTION: """
        salvo, excepto, excepci*, menos que, solo, solamente, únicamente, exclusiv*, siempre que,
        siempre y cuando, sujeto a, sin perjuicio, en la medida, hasta, limit*, límit*, ilimitad*,
        condici*, escrit*, previ*, expres*, explícit*, razonabl*, al menos, máxim*, mínim*, si,
        discreci*, exent*, exenci*, antes, cualquier momento, sin motivo, sin causa, sustancial*,
        inmediat*, plaz*, demor*, dilaci*, indefinid*, ningún caso, sin justificación""",
    Topic.DATA: """
        tercer, compart*, comunic*, divulg*, revel*, vende, vender*, vendemos,
        vendido*, vendida*, venda*, reventa, venta, transfer*, transfier*,
        transmit*, filial*, afiliad*, socio, socios, publicid*, publicitari*, anunciant*,
        marketing, proveedor*, encargad*, subencargad*, destinatari*, datos personales,
        datos de carácter personal, recopil*, recog*, recab*, tratamient*, tratar, tratamos,
        trata, tratan, finalidad*, fines de, entren*, perfil, perfiles, cookie*, rastre*,
        ubicaci*, localiza*, geolocaliza*, biométric*, salud, conserv*, almacen*, retenci*,
        elimin*, borr*, suprim*, supresi*, sensibl*, analiz*, análisis, analític*, autoridad*,
        anónim*, anonimiz*, seudonim*, vigil*, registr*, grab*, cifr*, telemetr*""",
    Topic.DUTY: """
        debe, oblig*, exig*, requier*, requerid*, requisit*, necesari*, deber, compromet*,
        cumpl*, acept*, consent*, consient*, notific*, inform*, avis*, garantiz*, asegur*, velar*,
        respond*, confidencial*, secret*, responsabl*, tiene que, tienen que""",
    Topic.RIGHT: """
        puede, derech*, autoriz*, permit*, permis*, licenci*, opci*, optar, opt, eleg*, elig*,
        rechaz*, opon*, oposici*, retir*, desist*, cancel*, modific*, cambi*, rescind*, rescisi*,
        resolver, resoluci*, acced*, acces*, rectific*, portabilidad, reclam*, quej*, solicit*,
        propiedad*, reserv*, irrevocabl*, perpetu*, facult*""",
}

SPANISH = Vocabulary(
    families=_FAMILIES,
    modals=words("puede debe"),
    negations=words("no nunca jamás ningún sin ni nada tampoco"),
    limits=words(
        """todo toda todos todas algún alguna algunos algunas varios varias cada ambos ambas
        cualquier y e o u pero nos nuestro nuestra nuestros nuestras usted ustedes su sus tu tus
        él ella ellos ellas desde entre hacia tal tales incluido incluida"""
    ),
    reach=(0, 3),
    contractions={"s.l.u.": "slu", "s.l.": "sl", "s.a.": "sociedad", "correo electrónico": "email"},
    same=forms(
        """puede|pueden|puedes|podrá|podrán|podrás|podemos|podremos|podéis
        debe|deben|debes|deberá|deberán|deberás|debemos|deberemos|debéis un|una|uno
        ningún|ninguna|ninguno|ningunos|ningunas solo|sólo"""
    ),
    endings=dict.fromkeys(("erán", "arán", "irán", "erá", "ará", "irá"), "")
    | dict.fromkeys(("es", "as", "os", "a", "o", "e", "s"), "")
    | {"ciones": "ción"},
    idle=words(
        """el la los las lo un una unos unas de del al a y e o u en con por para que quien quienes
        cual cuales cuyo cuya como cuando donde este esta estos estas ese esa esos esas esto eso
        aquel aquella es son era eran ser sido será serán fue está están estar ha han haber hay
        había se su sus nos nuestro nuestra nuestros nuestras usted ustedes tu tus le les me mi
        mis así también pues ya todo toda todos todas tal tales mismo misma sobre desde entre
        hacia según dicho dicha dichos dichas siguiente siguientes aquí allí etc mediante través
        él ella ellos ellas algún alguna algunos algunas favor incluido incluida cualquier
        asimismo además"""
    ),
    sides=(
        words("nos nosotros nosotras nuestro nuestra nuestros nuestras"),
        words("usted ustedes su sus suyo suya tú tu tus"),
    ),
    opposites=groups(
        """antes|después encima|debajo sobre|bajo más|menos con|sin superior|inferior
        activado|desactivado voluntario|obligatorio opcional|obligatorio"""
    ),
    equals=groups("si|cuando"),
    inquiries=(
        """alguna pregunta, tiene preguntas, cualquier pregunta, cualquier duda, alguna duda,
        preguntas sobre, dudas sobre, cualquier consulta, alguna consulta"""
    ),
    joints=words("y e o u"),
    months=numbered(
        """enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago
        septiembre|setiembre|sept|sep octubre|oct noviembre|nov diciembre|dic""",
        range(1, 13),
    ),
    units=forms(
        "día|días semana|semanas mes|meses año|años hora|horas minuto|minutos trimestre|trimestres"
    ),
    sorts=words("hábiles hábil naturales natural laborables laborable consecutivos completos"),
    year="año",
    numerals=numbered(
        """un|una|uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce
        quince dieciséis diecisiete dieciocho diecinueve""",
        range(1, 20),
    )
    | numbered(
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien",
        range(20, 101, 10),
    ),
    ages=r"edad|menor(?:es)?|mayor(?:es)? de|niñ[oa]s?|cumplidos",
    stamps=words(
        """actualización actualizad actualizado actualizada vigor vigente versión publicad
        modificad últim revisad revisión copyright"""
    ),
    references=(
        r"artículos?|arts?\.|sección|secciones|cláusulas?|apartados?|párrafos?|anexos?|capítulos?|"
        r"títulos?|partes?|reglamento|puntos?|pasos?|páginas?|considerandos?|directiva|"
        r"n\.?[º°]|núm\.|números?|letra"
    ),
    currencies="euros?|céntimos?|dólar(?:es)?|pesos?",
)
