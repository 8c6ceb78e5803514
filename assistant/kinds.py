"""Kinds: what sort of answer a question asks for, of what standing, and whether what is in force now is meant."""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.model import Row, Status
from ingest.outcome import Outcome


class Kind(StrEnum):
    """What sort of answer is asked for."""

    WHEN = "when"
    AMOUNT = "amount"
    WHO = "who"
    LIST = "list"
    DECISION = "decision"  # what was decided or proposed: all of it
    VOTE = "vote"
    CONDITION = "condition"
    WHY = "why"
    DEFINITION = "definition"  # what a word means
    YES_NO = "yes-no"
    OTHER = "other"


OF_MATTERS = frozenset({Kind.DECISION, Kind.VOTE})  # what is asked stands somewhere in the matter, in words of its own
FIGURES = frozenset({Kind.AMOUNT, Kind.WHEN})  # what can be told with other figures


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


# Between the asking word and what it asks for stand numbers and attributes, none of these.
_BETWEEN = (
    r"(?:did|does|do|is|are|was|were|should|shall|the|has|have|had|can|could|will|would|must|may|an?|of|on|in|for|to|kinds?|conditions?|reasons?|skäl|alternativ|purpose|happened"
    r"|decides?|proposed|got|får|fick|kan|har|hade|ska|ställer|ställde|söker|sökte|bör|måste|är|var|finns|som|på|i|för|om)\b"
)
_AGENT = (
    r"\w*nämnd(?:en|er|erna)?|person(?:en|er|erna)?|\w*förvaltning(?:en|ar|arna)?|\w*styrelser?n?|\w*bolag(?:et|en)?|företag(?:et|en)?|förening(?:en|ar|arna)?"
    r"|leverantör(?:en|er|erna)?|parti(?:et|er|erna)?|politiker(?:n|na)?|ledam\w+|firm(?:a|an|or|orna)|bank(?:en|er|erna)?|konsult\w*|byggherr\w+|byggfirm\w+"
    r"|entreprenör(?:en|er|erna)?|revisor(?:n|er|erna)?|kommun(?:en|er|erna)?|myndighet(?:en|er|erna)?|organisation(?:en|er|erna)?|fack(?:et|en)?|tjänsteman\w*|byrå(?:n|er)?"
    r"|klubb(?:en|ar|arna)?|byggföretag(?:et|en)?|\w+chef(?:en|er)?"
)
_ENGLISH_AGENT = (
    r"committee|person|department|board|company|association|supplier|party|parties|official|politicians?|councillors?|members?|firm|bank|consultan\w+|developers?"
    r"|contractor|authority|body|organisation|union|club|director|agency|municipality|council"
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (  # the one that matches first in the question decides
    (
        Kind.AMOUNT,
        _pattern(
            r"\bhur (?:mycket|många|stor|stort|stora|hög|högt|höga|låga?|lågt|långt|gammal|gammalt|gamla|ofta|dyrt?|nära|fort|tung|tungt|bred|brett)\b",
            r"\b(?:gå(?:r|tt)?|gick) (?:[\w-]+ ){0,5}?lös på\b|\bvad (?:går|gick) (?:[\w-]+ ){1,4}(?<!\but )på\b|\bnotan\b|\bprislapp",
            r"\bvad (?:\w+ ){0,8}?(?:kosta\w*|betala\w*|tjänar?)\b",
            r"\bvar (?:ligger|låg|landar|landade|hamnar|hamnade) (?:\w+ ){0,2}?\w*(?:avgift|pris|gräns|tak|ram|nivå|kostnad)(?:en|et|er|erna|n)?\b",
            r"\b(?:vad|vilket|vilken|hur) (?!(?:dag|datum|år|månad)\b)(?:[\w-]+ ){0,4}?[\w-]*(?:avgift|bidrag|belopp|pris|ersättning|arvode|köpeskilling"
            r"|kostnad|summa|ränta|räntan|skattesats|andel|procent\w*|antal|gräns|tak|ram|resultat|höjning|sänkning)(?:en|et|er|erna"
            r"|s|ets|ens)?\b",
            r"[\w-]*(?:avgift|belopp|kostnad|köpeskilling|arvode)(?:en|et|er|erna|s)?\b",
            r"\bhow (?:much|many|large|big|high|low|far|old|often)\b|\bcosts?\b|\bfees?\b|\bamount|\bprice\b|\bsum\b|\bcontribut",
            r"\b(?:what|which) (?!(?:kind|sort|type|form)s\b)(?:[\w'-]+ ){0,5}?(?:percentage|per cent|percent|share|rate|limit|ceiling|number|result|charge|payment|pay)\b",
            rf"\bwhat (?:(?:is|was|were) the )?(?:(?!{_BETWEEN})[\w'-]+ ){{0,3}}?(?:ratio|rent|fare|surcharge|surplus|deficit|output|dividend|total|estimate|penalty"
            r"|fine|distance|increase|budget)\b|\bthe most (?:that )?\w+ (?:can|may)\b",
            r"\b(?:come|came) to in (?:total|all)\b|\bset you back\b|\bbill\b.{0,30}\bcome to\b",
        ),
    ),
    (
        Kind.WHEN,
        _pattern(
            r"\bn[äa]r\b|\bwhen\b",
            r"\bdatum\b|\bvilket (?:år|datum|läsår)\b|\bhur länge\b|\bhur lång (?:tid|väntetid|uppsägningstid)\b|\btidpunkt",
            r"\bvilken (?:dag|tid|tidpunkt|månad|termin|veckodag|vecka)|\bhur (?:dags|sent|tidigt|snart|snabbt)\b|\btidigast\b|\bdagen då\b",
            r"\bsenast\b|\bdeadline\b|\b(?:sista|första) (?:\w+)?dag(?:en)?\b|\w+dag för\b",
            r"\b(?:what|which) (?:\w+ )?(?:date|year|day|time|month)\b|\bhow (?:long|soon|late|early|quickly|fast)\b|\bby what date\b|\bdate\b",
            r"\b(?:last|latest|first) (?:\w+ )?(?:day|date)\b|\bdeadline\b|\buntil what\b|\bwhat(?:'s| is) the latest\b|\b(?:closing|opening) (?:time|hours)\b",
        ),
    ),
    (
        Kind.CONDITION,
        _pattern(
            r"\bvillkor|\bförutsättning|\bförbehåll|\bkrävs\b|\bkrav\b|\bunder vilka\b|\b(?:på|med) vilk(?:a|et) (?:\w+ )?(?:villkor|förbehåll)",
            r"\bconditions?\b|\bprerequisite|\brequire|\bprovided\b|\bwhat does it take\b|\bwhat must\b|\bvad måste\b",
        ),
    ),
    (
        Kind.WHY,
        _pattern(
            r"\bvarför\b|\banledning(?:en)?\b|\bskäl(?:et|en)?\b|\bsyftet\b|\bpoängen\b|\borsaken\b|\b(?:hur|vad) kom det sig\b|\bberodde\b|\bberor det på\b",
            r"\bmotivera\w*|\bargument\w*|\bvilka skäl\b|\bwhat held\b",
            r"\bvad (?:var|är) (?:det|felet) (?:för fel )?(?:på|som gjorde|med)\b|\bvad (?:talade|talar) (?:emot|mot|för)\b|\binvändning",
            r"\bwhy\b|\breasons?\b|\bpurpose\b|\bhow come\b|\bwhat (?:made|prompted|explains|explained|stopped|caused|drove)\b|\bwhat was (?:the argument|wrong)\b",
            r"\bwhat (?:spoke|speaks) (?:against|for)\b|\bwhat lay behind\b|\bon what grounds\b|\bwhat(?:'s| is) the point\b|\bwhat for\b",
        ),
    ),
    (
        Kind.WHO,
        _pattern(
            r"\bvem\b|\bvems\b|\bwho\b|\bwhom\b|\bwhose\b|\bhandläggare\b|\bvar[dt] vänder\b",
            r"\bvilka (?:(?:i|av|från|på) \w+ |som |fler |andra |två |tre |fyra )?(?:undertecknade|reserverade|yrkade|motionerade|deltog|tjänstgjorde|närvarade|valdes|utsågs|överklagade|ansökte|motsatte|väckte|lade|skrev|(?:står|stod|ligger|låg) bakom)\b",
            r"\bvilka (?:som |alla |mer |ska |skulle |kommer att |får )?(?:sitta|sitter|satt|ingår?|ingick) i (?:\w+ ){0,3}?\w*(?:styrelse|nämnd|kommitté|grupp|råd|utskott|beredning|direktion|presidi)",
            rf"\bvilk(?:en|et|a) (?:(?!{_BETWEEN})\w+ ){{0,2}}?(?:{_AGENT})\b|\bvad heter (?:\w+ ){{0,2}}?(?:{_AGENT})\b",
            rf"\b(?:which|what) (?:(?!{_BETWEEN})[\w'’-]+ ){{0,3}}?(?:{_ENGLISH_AGENT})\b|\bname of the (?:\w+ ){{0,2}}?(?:{_ENGLISH_AGENT})\b",
        ),
    ),
    (
        Kind.LIST,
        _pattern(
            r"\bvilka\b|\blista\b|\bräkna upp\b|\bwhich\b|\blist\b|\bwhat are\b|\bname the\b",
            r"\b(?:in )?what (?:\w+ )?(?:ways|kinds|sorts|types|options|alternatives|documents|papers|items|changes|steps)\b|\bwhat else\b",
            r"\bvad (?:för slags|rekommenderade|ingår|ingick)\b|\bwhat (?:did .{2,40} recommend|is included)\b|\bvad ska .{3,60} innehålla\b"
            r"|\bwhat (?:does|do|must|should) .{3,80} (?:cover|contain|include)\b",
        ),
    ),
)
_DEFINITION = _pattern(
    r"\bvad (?:menas|avses|menar \w+) med\b|\bvad betyder\b|\bvad är (?:[\w-]+ ){1,6}för (?:något|nåt)\b|\bvad räknas som\b|\bhur definieras\b",
    r"\bwhat (?:does|do) .*\bmean\b|\bwhat is meant\b|\bwhat counts as\b|\bdefin(?:e|ed|ition)\b|\bmeaning of\b",
)
_MOVED = (
    r"(?:motion|(?:medborgar|e-|göteborgs|invånar)förslag|(?:citizens?['’]? )?(?:e-)?proposal|yrkande|framställan)\w*"
)
_DECISION = _pattern(
    r"\bvad (?:\w+ ){0,3}?(?:beslut\w*|beslöt\w*|bestämde\w*|föreslog\w*|föreslås|föreslår)\b|\bvilka (?:beslut|förslag|beslutspunkter)\b"
    r"|\bhur (?:blev|löd) beslutet\b",
    rf"\bhur (?:slutade|gick det (?:för|med)|ställde sig [^?]{{3,60}} till)\b|\bvad blev (?:resultatet|utfallet|utgången) (?:av|för) [^?]*{_MOVED}",
    rf"\b(?:vad|hur) (?:svarade|blev svaret)\b[^?]*{_MOVED}|{_MOVED}[^?]* gehör\b",
    r"\bvad gjorde \w*(?:fullmäktige|nämnden|styrelsen|utskottet|kommunen|politikerna) (?:med|åt|av)\b"
    r"|\bwhat did the [\w ]{3,40} do (?:with|about)\b",
    r"\bvad (?:har hänt|hände|blev det) (?:med|av)\b|\bwhat (?:has |have )?happened (?:to|with)\b",
    rf"\bwhat (?:came of|became of|(?:is|was) the (?:outcome|result|fate) of)\b|\bhow did [^?]*{_MOVED}[^?]* (?:fare|end|go|get on)\b"
    rf"|\bhow was [^?]*{_MOVED}[^?]* (?:dealt with|handled|received|answered)\b",
    r"\bwhat (?:did|has|have|was|were|is|are|does)(?: [\w'’-]+){0,7} (?:decid|propos|resolve|adopt)|\b(?:which|what) (?:decisions?|proposals?)\b",
)
_VERDICT = _pattern(
    r"\b(?:gick|gått|gå) (?:\w+ ){0,4}igenom\b|\b(?:sa|sade|fick|blev det) (?:\w+ ){0,4}(?:ja|nej)\b|\bbif(?:all(?:en|et|na)?|ölls?|alles?|alls|allits?)\b",
    rf"{_MOVED}[^?]* (?:besvara(?:d|ts|des|t)|gehör)\b|{_MOVED}[^?]* (?:pass|passed|succeed|fail|carried)\b|\b(?:pass|accept|back)(?:ed)? [^?]{{0,20}}{_MOVED}",
    r"\bavsl(?:og|ogs|ag|agits|agen|aget|agna|ås)\b|\bgodto(?:g|gs|gen|get|gits)\b|\bgodkän(?:t|ts|d|da|de|des)\b|\banta(?:gits|gen|get|gna)\b|\bantogs?\b|\bavgjor(?:t|ts|d|da|des)\b|\bklubba\w*",
    r"\båterremitter\w*|\bbordla\w*|\bhur (?:\w+ )?gick det\b|\bvad (?:hände|blev det) (?:med|av)\b|\bbeviljade\w*",
    r"\bapproved?\b|\breject(?:ed)?\b|\badopt(?:ed)?\b|\bturn(?:ed)? down\b|\breferred back\b|\bpostponed\b|\boutcome\b|\bgranted\b",
    r"\b(?:(?:have|has|had) (?:it|this|that|anything|\w+ been) (?:been )?|been )decided\b|\bsettled\b|\bwas there (?:any|an) (?:increase|rise|cut)\b",
    r"\b(?:har|är|blev|var) (?:det|detta|något|saken) (?:redan )?(?:beslutat|beslutats|bestämt|bestämts|klart)\b|\bblev det (?:någon|en)\b",
    r"\bsa(?:y|id) (?:yes|no)\b|\bg(?:o|one|et|ot) through\b|\bwhich way did\b|\bwhat (?:happened|became)\b",
)
_VOTE = _pattern(
    r"\bröst(?:er|erna|ade|ades|etal|siffror\w*)\b|\bomröstning|\bvot(?:e|ed|es|ing)\b|\bvoteringen?\b"
    r"|\bby what margin (?:did|was|were) .*\b(?:pass|carr|adopt|beat|won?|win|reject|approv|defeat|decid|settl|fall|fell)|\bhow (?:did|was|were) the (?:count|tally)\b"
    r"|\bhow many were (?:for|against)(?: (?:it|the (?:proposal|motion)))?(?: and .*)?\?|\bhur många var (?:för|mot|emot)(?: och .*| att .*| förslaget\b.*| det\b.*)?\?"
    r"|\bwhat were the (?:numbers|figures)\b|\bwith what figures\b|\bhur många (?:ja|nej)\b"
)
_ASKS = "vad|vilk\\w+|hur|vem|vems|varför|när|var|vart|what|which|how|who|whose|when|where|why"
_SETTLED = r"(?:besluta(?:de|des|ts)?|beslöts?|bestäm(?:de|des)|avgjorde?s?|antogs?|avslogs?|biföll?s?|godkände?s?|fastställde?s?|behandlade?s?|beviljade?s?)"
_WHEN_DECIDED = _pattern(
    rf"\bnär {_SETTLED}\b|\bnär (?:har|hade|blev|är|var) [^?]*\b(?:beslutats?|bestämts?|avgjorts?|antagits|avslagits|bifallits|godkänts|fastställts|behandlats)\b",
    r"\bnär (?:tog|fattade)s? [^?]{0,60}\bbeslut(?:et)?\b|\b(?:vilket|vilken|vilka) (?:datum|dag|år|möte|sammanträde|paragraf)\b[^?]{0,30}"
    + rf"\b{_SETTLED}\b",
    r"\b(?:when|(?:on )?(?:what|which) (?:date|day|year|meeting|paragraph|section)) (?:was|were|did|has|have|is)\b[^?]*"
    r"\b(?:decided?|adopt(?:ed)?|approved?|reject(?:ed)?|settled?|granted?|turn(?:ed)? down|resolved?|dealt with|considered|taken? up|voted? (?:on|down|through))\b",
)
_COUNT = _pattern(
    r"\bhur många\b|\bsiffror\w*|\bröstetal|\bhow many\b|\bmargin\b|\bcount\b|\btally\b|\bfigures\b|\bnumbers\b"
)
_VOTED_THROUGH = _pattern(
    r"^röstades\b[^?]*\b(?:ner|ned|igenom)\b|^(?:was|were|has|have|had)\b[^?]*\bvoted (?:down|through)\b"
)
_BY_THE_VOTE = _pattern(  # when something was, which isn't what is asked for
    r"\b(?:once|after|before|until|when) (?:the )?[\w ]{0,30}(?:had |has |have )?vot(?:ed|ing)\b|\b(?:efter|före|vid|sedan) omröstningen\b"
)
_AT_THE_TIME = re.compile(  # "Vad kostade det när …": not what is asked for
    r"^((?:vad|vilk\w+|hur|vem|vems|what|which|how|who|whose|why|varför)\b.*?)\b(?:när|when)\b", re.IGNORECASE
)
_WHO_VOTED = _pattern(
    r"\b(?:vem|vilka|vilken|vilket)\b[^?]{0,80}\bröstade\b",
    r"\b(?:who|which [a-z]+(?: [a-z]+)?) (?:had |has |have )?voted\b",
)
_YES_NO = re.compile(
    rf"^(?:[^:?]{{0,40}}: |(?!(?:{_ASKS})\b)[^?]{{3,100}}, )?"
    r"(?:(?:och|men|så|and|but|so)\s+)?(?:är|var(?! (?:ligger|låg|finns|fanns|någonstans|står|stod|kan|ska|får|går|i|bor|hittar|vänder|lämnar|kommer))|har|hade|ska|skall|får|fick|kan|måste|finns|fanns|blir|blev|betalar|deltar|vill|bör"
    r"|bifölls|avslogs|antogs|godkändes|godtogs|beviljades|besvarades|klubbades|vann|gäller|gällde|kommer|behöver|behövde|tar|tog|gick|ingår|ingick|kostar|kostade|hör|räcker|räckte|krävs|krävdes"
    r"|tillåts|delas|läggs|betalas|dras|räknas|slipper|slapp|hinner|hann|står|stod|ger|gav|höjdes|sänktes|höjs|sänks|ändrades|håller|höll|skriver|lånar|röstade|voterade|godkänner|friades|släpps|drabbas|is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|must|should)\b",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(  # "Skrivs barnet upp …", "Räknade man …": a genitive has no definite noun behind it
    rf"^(?!(?:{_ASKS}|under|efter|över|inför|inom|per|för|vår|din|er|både|ur|tack|trots|till|samt|enligt|senaste|andra|inte|utöver|denna|dessa|\w+[ae]nde)\b)(?=[^?]*\?)"
    r"\w{2,}(?:[dt]e|[aeiouyåäö]r|s) (?:man|vi|ni|du|jag|det|\w{2,}(?:en|et|na))\b(?! (?:som|har|är|var|ska)\b)",
    re.IGNORECASE,
)
_FRAME = re.compile(  # "Kan du säga …", "I'd like to know …": what is asked stands behind it
    r"^(?:\w+[,!] )?(?:(?:kan|skulle|vet|could|can|would|do) (?:du|ni|någon|you|anyone) (?:please |kunna |snälla )?"
    r"(?:(?:säga|veta|berätta|förklara|tala om|ta reda på|tell|say|know|find out|explain)(?: för (?:mig|oss)| me| us)?)?"
    r"|(?:jag|vi) (?:undrar|vill veta|skulle vilja veta)|(?:säg|berätta)(?: för (?:mig|oss))?"
    rf"|(?:please )?tell (?:me|us)|(?:i|we)(?: wonder|['’]d like to know| would like to know| want to know)),? ?\b(?=(?:{_ASKS})\b)",
    re.IGNORECASE,
)
_STANDINGS: tuple[tuple[Status, re.Pattern[str]], ...] = (  # the first that fits decides
    (
        Status.YTTRANDE,
        _pattern(r"\breserver\w* sig\b|\breservation(?:en|er|erna)?\b|\breservations?\b|\bdissent(?:s|ed)?\b"),
    ),
    (
        Status.FÖRSLAG,  # "Vem fick igenom …": who moved it, which the decision doesn't tell
        _pattern(
            r"\b(?:vem|vems|vilka|vilken)\b[^?]{0,80}\b(?:yrkade|yrkande|föresl\w+|ville|fick igenom|motion\w*|låg bakom|stod bakom|instämde|stödde|bad)\b",
            r"\b(?:who|whose|which (?:\w+ )?councillors?)\b[^?]{0,80}\b(?:moved?|motion|propos\w+|wanted|got\b[^?]*\b(?:cut|raised|through|down"
            r"|changed)|backed|stood behind|idea|pushed|suggested)\b",
        ),
    ),
    (
        Status.BESLUT,  # "Vad beslutade fullmäktige om förslaget …"
        _pattern(
            r"\b(?:beslutade|beviljade|fastställde|bestämde|antog) (?:kommun)?(?:fullmäktige|\w*styrelsen|\w*nämnden)\b(?! (?:att )?föreslå)",
            r"\bvad (?:(?!föresl|ville|yrka|innan)\w+ ){0,3}?(?:beslutade|beslutades|beslutats?|bestämdes?|bestämts?)\b(?![^?]{0,40}\bföreslå\b)|\b(?:hur|vad) (?:blev|löd) beslutet\b",
            r"\b(?:accept|approve|pass|back|adopt|reject|turn down|agree to|say (?:yes|no) to)(?:e?d)? [^?]{0,30}proposal"
            r"|\b(?:hur (?:slutade|gick det)|vad (?:hände|blev det|blev resultatet|blev utfallet|svarade))\b|\bwhat (?:happened|became|came) "
            r"|^(?:har|blev|är|var|fick)\b[^?]*\b(?:avgj\w+|bifal\w+|avsl\w+|antag\w+|godkän[td]\w*|beviljat?s?)\b|^(?:avslogs|bifölls|antogs|godkändes|beviljades)\b"
            r"|\b(?:became|came|outcome|result|fate) of [^?]*proposal|\bproposal\b[^?]* (?:pass|succeed|fail|carried|accepted|approved|rejected|granted|turned down)\b",
            r"\bwhat (?:did|has|have|was|were)(?: (?!propos|suggest|recommend|want|before)[\w'’-]+){0,7}? (?:decided?|resolved?|adopt(?:ed)?)\b(?! to (?:propose|recommend|suggest))",
        ),
    ),
    (
        Status.MOTION,
        _pattern(r"\bmotion(?:en|är|ären|ens|ärens)\b (?:\w+ )?(?:föreslå|vill|anse|begär)", r"\bmotioner \w+ om\b"),
    ),
    (
        Status.YTTRANDE,
        _pattern(
            r"\byttra|\breserv(?:er|ation)|\banse?r\b|\bansåg\b|\btyck(?:te|er)\b|\bthink|\bthought\b|\bargue|\bopinion|\bobject"
        ),
    ),
    (
        Status.FÖRSLAG,
        _pattern(
            r"\bföresl|(?<![\w-])förslag(?!sställ)|\bville\b|\bursprunglig|\bförvaltningen\b (?:\w+ ){0,2}(?:ville|först|räkna)|\byrka|\bfrån början\b",
            r"\bpropos|\bput forward\b|\boriginally\b|\bsuggest|\brecommend|\bwanted\b|\bofficials (?:\w+ )?want\b|\bfirst (?:ask|want)|\bmoved\b",
        ),
    ),
    (
        Status.BESLUT,
        _pattern(
            r"\bbesl(?:ut|öt)|\bfastst|\bant(?:og|ag)|\bbestäm|\bbevilj|\bavsl|\bbifa|\bbiföl|\bgäll|\btill slut\b|\bsatte\b|\bgav\b",
            r"\bdecid|\bdecision|\badopt|\bapprov|\breject|\bset\b|\bgrant(?:ed)?\b|\bin force\b|\bappl(?:y|ies|ied)\b|\bin the end\b|\bsettle",
        ),
    ),
)
_NOW = _pattern(
    r"\bnu\b|\bnumera\b|\bi ?dag\b|\bgällande\b|\bnuvarande\b|\bför närvarande\b|\btill slut\b|\bslutlig\w*|\bsenaste\b|\balltjämt\b|\bfortfarande\b",
    r"\bnow(?:adays)?\b|\btoday\b|\bcurrent(?:ly)?\b|\bat present\b|\bin the end\b|\bfinal(?:ly)?\b|\blatest\b|\bstill\b",
)
_OFFICE = (
    r"(?:\w*(?:ordförande|direktör|chef|råd|sekreterare|ombudsman)|(?:vice )?chair\w*|mayor|director|head|manager)"
)
_HOLDS_OFFICE = _pattern(  # "Vem är kommundirektör?", which the newest papers tell
    rf"^vem är (?:\w+ ){{0,3}}{_OFFICE}\b", rf"^who(?: is|['’]s) (?:[\w'’]+ ){{0,4}}{_OFFICE}\b"
)

_GRANTED = _pattern(
    r"\b(?:biföll|bifölls|bifallit|godkände|beviljade|antog|sa(?:de)? ja till|fick igenom)\b[^?]{0,60}\b(?:motion|medborgarförslag|förslag|yrkande|ansökan)",
    r"\b(?:passed|adopted|approved|granted|agreed to|said yes to|accept(?:ed)?)\b[^?]{0,60}\b(?:motion|proposal|application|suggestion)",
)
_REFUSED = _pattern(
    r"\b(?:avslog|avslogs|avslagit|sa(?:de)? nej till)\b[^?]{0,60}\b(?:motion|medborgarförslag|förslag|yrkande|ansökan)",
    r"\b(?:rejected|refused|turned down|said no to|voted down)\b[^?]{0,60}\b(?:motion|proposal|application|suggestion)",
)
_PER_HUNDRED = r"procent|%|\d:\d\d\b|\böre\b|hundralapp|skattekron"
_SHARES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (  # what asks for the share, and what tells it
    (
        _pattern(r"\bskattesats|\bkommunalskatt|\butdebitering|\b(?:municipal|local|council)? ?tax rate|\brate of tax"),
        _pattern(rf"(?=[^.]*(?:skattesats|kommunalskatt|utdebitering|skatten))[^.]*(?:{_PER_HUNDRED})"),
    ),
    (
        _pattern(r"\b(?:vilken|hur hög) ränta\b|\bränte(?:sats|nivå)|\binterest rate|\brate of interest"),
        _pattern(rf"ränt\w*[^.;]{{0,30}}\d[\d,]* ?(?:{_PER_HUNDRED})|(?:{_PER_HUNDRED})[^.;,]{{0,20}}ränt"),
    ),
    (
        _pattern(
            r"\b(?:vilken|vilka|hur stor|hur stort) (?:[\w-]+ ){0,2}?(?:andel|procentsats|procentandel)\w*\b|\bhur många procent\b",
            r"\b(?:what|which) (?:[\w'’-]+ ){0,3}?(?:share(?! capital)|percentage|proportion|per ?cent)\b",
        ),
        _pattern(rf"{_PER_HUNDRED}|\bhälften\b|\bhalva\b|\b\w*(?:tredje|fjärde|femte|tion)del\w*|\bav de \w+\b"),
    ),
)
_EARLIER = re.compile(
    r"\b(?:ursprunglig\w*|(?:från|i) början|först|dessförinnan|förut|innan|före (?:hösten|våren|höjningen|sänkningen|ändringen|beslutet|(?:19|20)\d\d)|tidigare|original\w*|initial\w*|first|to begin with"
    r"|at the outset|before(?:hand)?|previous\w*)\b",
    re.IGNORECASE,
)


def kind_of(text: str) -> Kind:
    """What sort of answer the question asks for."""
    text = _FRAME.sub("", text)
    if _VOTED_THROUGH.search(text):
        return Kind.DECISION
    if _WHO_VOTED.search(text):
        return Kind.WHO
    if _VOTE.search(_BY_THE_VOTE.sub("", text)):
        return Kind.VOTE
    if _DEFINITION.search(text):
        return Kind.DEFINITION
    if asks_yes_or_no(text):
        return Kind.DECISION if _VERDICT.search(text) else Kind.YES_NO
    if _DECISION.search(text):
        return Kind.DECISION
    text = _AT_THE_TIME.sub(r"\1", text)
    found = [
        (match.start(), number, kind)
        for number, (kind, pattern) in enumerate(_KINDS)
        if (match := pattern.search(text))
    ]
    if found:
        return min(found)[2]
    return Kind.DECISION if _VERDICT.search(text) else Kind.OTHER


def asks_yes_or_no(text: str) -> bool:
    """Whether the question can be answered by yes or no."""
    text = _FRAME.sub("", text)
    return bool(_YES_NO.match(text) or _VERB_FIRST.match(text))


def asks_when_decided(text: str) -> bool:
    """Whether the day or the § of a decision is asked for, which are those of the minutes."""
    return bool(_WHEN_DECIDED.search(text)) and kind_of(text) in (Kind.WHEN, Kind.OTHER)


def asks_count(text: str) -> bool:
    """Whether a question about a vote asks for its figures, which only a vote has."""
    return bool(_COUNT.search(text))


def standing_of(text: str) -> Status | None:
    """The standing of the words that are asked for ("what was proposed …"), where the question tells."""
    return next((status for status, pattern in _STANDINGS if pattern.search(text)), None)


def share_asked(text: str) -> re.Pattern[str] | None:
    """What words must hold to tell the share or the rate that a question asks for (a percentage, a fraction, kronor per hundred);
    None where it asks for none.
    """
    if kind_of(text) is not Kind.AMOUNT:
        return None
    return next((told for asked, told in _SHARES if asked.search(text)), None)


def tells_share(told: re.Pattern[str], row: Row | None, words: str) -> bool:
    """Whether some words, or a row of a table with the names of its columns, tell the share that `told` stands for."""
    return bool(told.search(" ".join([*row.names, row.caption or "", *row.cells, words]) if row else words))


def asks_now(text: str) -> bool:
    """Whether the question asks for what holds now, or held in the end, so that what came later goes before what came first."""
    return bool(_NOW.search(text) or _HOLDS_OFFICE.search(text))


def asks_earlier(text: str) -> bool:
    """Whether the question asks for what held at first or before, so that what came later doesn't stand before it."""
    return bool(_EARLIER.search(text))


def presumed_outcome(text: str) -> Outcome | None:
    """What the question takes for granted that became of a proposal ("Varför biföll …"); None where it asks, or says nothing of it."""
    if asks_yes_or_no(text) or kind_of(text) in (Kind.DECISION, Kind.VOTE):
        return None
    granted, refused = _GRANTED.search(text), _REFUSED.search(text)
    if bool(granted) == bool(refused):
        return None
    return Outcome.BIFALL if granted else Outcome.AVSLAG
