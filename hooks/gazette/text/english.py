"""The vocabulary of English policies."""

from __future__ import annotations

from gazette.text.vocabulary import Topic, Vocabulary, forms, groups, numbered, words

_FAMILIES = {
    Topic.AGE: """
        age, minor, child, children, parent, guardian, parental, teenager, legal capacity""",
    Topic.PERIOD: """
        annual, annually, yearly, monthly, weekly, daily, hourly, quarterly, biannually,
        semiannually, biennially, fortnightly, every year, each year, every month, each month,
        every week, each week, every quarter, each quarter, every day, each day""",
    Topic.LAW: """
        governing law, governed by, law of, english law, applicable law, privacy law, consumer law,
        data protection law, jurisdiction, court, tribunal, arbitration, arbitrator, arbitrate,
        mediation, mediator, jury, class action, class arbitration, class wide, representative
        action, venue, dispute, lawsuit, litigation, litigate, legal action, legal proceeding,
        statute, statutory, severability, severable, entire agreement, supersede, prevail,
        ombudsman, injunction, injunctive, supervisory authority, limitation period""",
    Topic.LIABILITY: """
        liable, liability, indemnify, indemnity, indemnification, indemnified, hold harmless,
        damage, disclaim, disclaimer, disclaimed, warranty, warrant, guarantee, guaranteed,
        negligence, negligent, negligently, as is, own risk, remedy, waive, waiver, waived, defend,
        defense, loss, responsible for, not responsible, solely responsible, sole responsibility,
        fault, misconduct, compensation, compensate, consequential, punitive, incidental, insurance,
        insure, insured, foreseeable""",
    Topic.FEE: """
        fee, surcharge, charge, charged, price, pricing, cost, payment, pay, payable, paid, refund,
        refundable, refunded, reimburse, reimbursement, tax, billing, billed, invoice, penalty,
        fine, interest, deposit, auto renew, automatic renewal, automatically renew, renew, renewal,
        discount, commission, free of charge, subscription price, instalment""",
    Topic.PROHIBITION: """
        prohibited, prohibit, prohibition, forbidden, forbid, not allowed, not permitted, ban,
        banned, no longer, refrain, barred, unlawful, illegal, unauthorized, restricted, disallowed,
        disallow, without permission, suspend, suspension, suspended, terminate, termination,
        terminated, infringe, violate""",
    Topic.PARTY: """
        llc, inc, ltd, limited company, gmbh, corporation, plc, bv, sarl, controller, entity,
        contract with, contracting, registered office, company number, successor, assign,
        assignment, data protection officer, representative in""",
    Topic.EXCEPTION: """
        except, exception, unless, only, solely, exclusively, other than, excluding, exclude,
        provided that, subject to, notwithstanding, to the extent, until, limited to, limit,
        limitation, condition, conditional, does not apply, must not apply, in writing, written,
        prior, explicit, expressly, express, verifiable, verified, affirmative,
        unambiguous, freely given, reasonable, reasonably, at least, at most, up to,
        no more than, not more than, in no event, if, discretion, exempt, exemption, minimum,
        maximum, before, save, at any time, for any reason, any reason, without reason, unlimited,
        whether or not, material, materially, commercially reasonable, best effort, immediately,
        deadline, without delay, without undue delay, promptly, indefinitely""",
    Topic.DATA: """
        third party, share, shared, sharing, disclose, disclosed, disclosure, sell, sold, sale of,
        transfer, transferred, affiliate, subsidiary, partner, advertiser, advertising, marketing,
        service provider, processor, subprocessor, vendor, contractor, recipient, personal data,
        personal information, collect, collected, collection, process, processed, processing,
        purpose, train, training, finetune, finetuned, finetuning, profiling, cookie, tracking,
        track, location, biometric, health, retain, retained, retention, store, stored, storage,
        delete, deleted, deletion, erase, erased, erasure, sensitive, analytics, law enforcement,
        anonymized, anonymous, aggregated, combine, scan, monitor, record, recorded, telemetry,
        usage data, usage information, fingerprint, face, voice, contact list, encrypted,
        encryption, broker""",
    Topic.DUTY: """
        must, required, require, requirement, obliged, obligation, obligated, duty, agree, bound,
        acknowledge, responsible, responsibility, comply, complies, compliance, ensure, have to,
        has to, need to, needs to, commit, commits, undertake, will, consent, represent, notify,
        notice, inform, promise, mandatory, certified, adhere, adheres, respond, confidential,
        confidentiality, keep secret""",
    Topic.RIGHT: """
        may, right, entitled, entitlement, permission, permit, permitted, allow, allowed, grant,
        license, sublicense, authorize, authorized, authorization, option, opt out, opt in, choose,
        own, owned, ownership, reserve, withdraw, withdrawal, cancel, cancellation, modify, change,
        discontinue, object, access, correct, rectify, portability, appeal, complain, complaint,
        request, available in, royalty, irrevocable, perpetual, transferable""",
}

ENGLISH = Vocabulary(
    families=_FAMILIES,
    modals=words("may must will should would"),
    negations=words("not no never without neither nor none nothing"),
    limits=words(
        """all any some each every both either several many few most half and or but only such other
        we us our you your they them their he him his she her from to by into above below
        including"""
    ),
    contractions={
        "won't": "will not",
        "can't": "may not",
        "cannot": "may not",
        "n't": " not",
        "'ll": " will",
        "'re": " are",
        "'ve": " have",
        "'m": " am",
        "'d": " would",
        "'s": "",
        "e-mail": "email",
        "web site": "website",
        "log-in": "login",
        "fine-tun": "finetun",
        "fine tun": "finetun",
    },
    same={
        "can": "may",
        "might": "may",
        "shall": "must",
        "licence": "license",
        "practise": "practice",
        "cheque": "check",
        "grey": "gray",
        "whilst": "while",
        "amongst": "among",
        "towards": "toward",
        "programme": "program",
    },
    endings={
        "isations": "ization",
        "isation": "ization",
        "izations": "ization",
        "ising": "izing",
        "ised": "ized",
        "ises": "ize",
        "ise": "ize",
        "izes": "ize",
        "ysing": "yzing",
        "ysed": "yzed",
        "yse": "yze",
        "ouring": "oring",
        "oured": "ored",
        "ours": "or",
        "our": "or",
        "lling": "ling",
        "lled": "led",
        "ences": "ense",
        "ence": "ense",
        "enses": "ense",
        "tre": "ter",
        "dgement": "dgment",
        "ies": "y",
        "ss": "ss",
        "us": "us",
        "is": "is",
        "s": "",
    },
    idle=words(
        """a an the this that these those of to in on at by for from with as and or is are be been
        was were it its their our your my his her we you they us them i he she who which what where
        when there here such any some so then also has have had do does did about into than
        including e g etc ie following above below via please however therefore moreover
        furthermore additionally accordingly nevertheless nonetheless thus hence"""
    ),
    sides=(words("we us our ours ourself"), words("you your yours yourself")),
    opposites=groups(
        """on|off in|out above|below over|under before|after more|less more|fewer first|last
        earlier|later higher|lower inside|outside within|outside enabled|disabled includes|excludes
        including|excluding voluntary|mandatory optional|mandatory"""
    ),
    equals=groups(
        """if|where|when|whenever each|every say|tell|explain|describe|outline get|obtain|receive
        help|assist buy|purchase begin|start|commence contract|agreement use|utilize
        about|regarding|concerning"""
    ),
    inquiries=(
        """any question, have question, have a question, question about, question regarding,
        question concerning, question or, or question, question relating, further question,
        any inquiry, any comment, any query, for inquiry"""
    ),
    joints=words("and or"),
    months=numbered(
        """january|jan february|feb march|mar april|apr may june|jun july|jul august|aug
        september|sept|sep october|oct november|nov december|dec""",
        range(1, 13),
    ),
    units=forms("day|days week|weeks month|months year|years hour|hours minute|minutes"),
    sorts=words("business working calendar"),
    year="year",
    numerals=numbered(
        """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen""",
        range(1, 20),
    )
    | numbered("twenty thirty forty fifty sixty seventy eighty ninety hundred", range(20, 101, 10)),
    ages=(
        "ages?|aged|years old|or older|or younger|or over|minors?|child|children|teenagers?|"
        "be at least|be over"
    ),
    stamps=words(
        """updated update revised revision effective modified version posted published copyright
        approved adopted amended issued dated reviewed review edition force"""
    ),
    currencies="dollars?|euros?|pounds?|cents?",
    month_first=True,
    references=(
        "section|article|clause|paragraph|annex|appendix|schedule|part|chapter|rule|regulation|"
        "item|exhibit|step|page|recital|directive|point|subsection|supplement|no\\."
    ),
)
