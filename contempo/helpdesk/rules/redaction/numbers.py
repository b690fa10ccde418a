"""What is recognised by its shape: codes, accounts, telephone numbers, mail and street addresses, dates of birth."""

import re
from collections.abc import Iterator

import phonenumbers
from stdnum import iban
from stdnum.it import codicefiscale, iva

from contempo.core.words import N_
from contempo.helpdesk.rules.redaction.marks import Kind

Finding = tuple[int, int, Kind, str]

VALID_TAX_CODE = N_("A fiscal code: it belongs to one person.")
LIKE_TAX_CODE = N_("It has the shape of a fiscal code, though a character seems wrong.")
VAT_NUMBER = N_("A VAT number: it belongs to one organisation or one self-employed person.")
IBAN = N_("The IBAN of a bank account: it belongs to whoever holds the account.")
LIKE_IBAN = N_("It has the shape of an IBAN, though a character seems wrong.")
EMAIL = N_("An e-mail address: somebody reads it.")
PHONE = N_("A telephone number: somebody answers it.")
LIKE_PHONE = N_("It looks like a telephone number.")
DOCUMENT = N_("The number of a document, a plate or a file leads to one person.")
ONLINE = N_("A profile on the web leads to one person.")
BIRTH = N_("A date of birth: with little else it points to one person.")
ADDRESS = N_("A street address: somebody lives or works there.")

# Characters of a fiscal code (D.M. 23/12/1976); in the second shape one may be missing, doubled or of another kind.
_TAX_CODE = re.compile(
    r"(?<![A-Z0-9])(?:[A-Z][ .\-]?){6}(?:[0-9LMNPQRSTUV][ .\-]?){2}[A-Z][ .\-]?(?:[0-9LMNPQRSTUV][ .\-]?){2}"
    r"[A-Z][ .\-]?(?:[0-9LMNPQRSTUV][ .\-]?){3}[A-Z](?![A-Z0-9])",
    re.IGNORECASE,
)
_LIKE_TAX_CODE = re.compile(r"(?<![A-Z0-9])[A-Z]{5,7}\d{1,3}[A-Z]\d{1,3}[A-Z]\d{2,4}[A-Z]?(?![A-Z0-9])", re.IGNORECASE)
_VAT = re.compile(r"(?<![\d.,/])(?:IT[ ]?)?\d{11}(?![\d/])", re.IGNORECASE)
# Looked for at every place, because the letters of a word before it may seem to be its country.
_IBAN = re.compile(r"(?<![A-Z0-9])(?=([A-Z]{2}[ ]?\d{2}(?:[ \-]?[A-Z0-9]){11,30}))", re.IGNORECASE)
_LIKE_IBAN = re.compile(r"(?<![A-Z0-9])(?:IT|SM)\d{2}[ \-]?[A-Z](?:[ \-]?\d){10,24}", re.IGNORECASE)
_AT = r"(?:@|\s?[(\[{]\s?(?:at|chiocciola)\s?[)\]}]\s?|\s(?:chiocciola)\s)"
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|punto)\s?[)\]}]\s?|\s(?:punto|dot)\s)"
_EMAIL = re.compile(rf"[\w.+%'\-]+{_AT}[\w\-]+(?:{_DOT}[\w\-]+)+", re.IGNORECASE)
_LIKE_EMAIL = re.compile(r"[\w.+%\-]+@[\w\-]+", re.IGNORECASE)
_PROFILE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:facebook|instagram|linkedin|tiktok|twitter|x|threads|wa|t)\.(?:com|it|net|me)/[^\s<>)\]]+"
    r"|(?<![\w@.])@[A-Za-z][\w.]{2,30}",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?<![\d.,/€])(?:\+?39[ .\-]?)?3\d{2}(?:[ .\-/]?\d){6,7}(?![\d/])")
_CALLED = re.compile(
    r"\b(?:tel(?:efono|efonare|\.)?|cell?(?:ulare|\.)?|phone|mobile|whatsapp|fisso|numero"
    r"|chiam(?:a|ami|are|atemi)|call(?: me)?)\b[^\d\n+]{0,18}(\+?\d(?:[ .\-/]?\d){5,14})(?![\d])",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"(?<![A-Z0-9])(?:[A-Z]{2}\d{3}[A-Z]{2}|[A-Z]{2}\d{5}[A-Z]{2}|[A-Z]{2}\d{7}"
    r"|(?-i:[A-Z]{2}[ ]\d{3}[ ][A-Z]{2}|[A-Z]{2}[ ]\d{5}[ ][A-Z]{2}))(?![A-Z0-9])"
    r"|\b(?:matricola|protocollo|prot|pratica|fascicolo|polizza|passaporto|patente|targa|badge|passport|case|file)\b"
    r"\.?[ ]?(?:n\.?|nr\.?|num\.?|numero|no\.?|number)?[ :]*(?=[\w/.\-]*\d)[A-Z0-9](?:[A-Z0-9/.\-]{2,}[A-Z0-9])",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:gen(?:naio)?|feb(?:braio)?|mar(?:zo)?|apr(?:ile)?|mag(?:gio)?|giu(?:gno)?|lug(?:lio)?|ago(?:sto)?|set(?:tembre)?"
    r"|ott(?:obre)?|nov(?:embre)?|dic(?:embre)?|january|february|march|april|may|june|july|august|september|october"
    r"|november|december)"
)
_DATE = (
    rf"(?:\d{{1,2}}[./\- ]\d{{1,2}}[./\- ]\d{{2,4}}|\d{{1,2}}[°º]?(?:st|nd|rd|th)?[ ]{_MONTH}[ ,]{{1,2}}\d{{4}}"
    rf"|{_MONTH}[ ]\d{{1,2}},?[ ]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
)
_BIRTH = re.compile(
    rf"\b(?:nat[oaie]|nascit[ae]|nacque|nasc(?:e|erà)|born|birth(?:day)?|d\.?o\.?b|compleanno|classe)\b[^.\n]{{0,40}}?({_DATE})",
    re.IGNORECASE,
)
# Children born from a day on, as laws say it: a day for many, and nobody's birthday.
_PERIOD = re.compile(r"\b(?:dal|dopo|prima|fino|entro|tra|fra|since|from|after|before|until|between)\b", re.IGNORECASE)
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
_STREET = (
    r"(?:via|viale|v\.le|piazza|piazzale|p\.za|p\.zza|p\.le|corso|c\.so|largo|vicolo|strada|contrada|salita|alzaia|ripa"
    r"|bastioni|galleria|lungomare|frazione|cascina|localit[àa])"
)
_NO_STREET = re.compile(
    r"(?:pec|spid|cie|e-?mail|mail|whatsapp|web|internet|telefono|fax|sms|inps|app|telematica)\b", re.IGNORECASE
)
_OF = r"(?:d[aei]l?l?[aeio]?|dei|degli|san|santa|santo|s\.)['’ ]+"
_ADDRESS = re.compile(
    rf"\b(?i:{_STREET})[ ]+(?:{_OF}|d['’]|\d{{1,2}}[ ]|[IVX]+[ ])*{_CAPITAL}[\w'’.\-]*"
    rf"(?:[ ](?:(?:d[aei]l?l?[aeio]?|dei|degli|e)[ ])?{_CAPITAL}[\w'’.\-]*){{0,4}}"
    r"(?:,?[ ](?:n\.?[ ]?)?\d{1,4}(?:[ ]?/?[ ]?[A-Za-z]\b)?)?"
)
_LOW_ADDRESS = re.compile(
    r"\b(?:via|viale|piazza|piazzale|corso|vicolo|largo)[ ]+(?:(?!di\b|del\b|da\b|per\b)[^\W\d_]+[ ]){1,4}?"
    r"(?:,[ ]?)?(?:n\.?[ ]?)?\d{1,3}(?:/?[a-z])?\b(?![ ]?(?:ore|giorn|mesi|mese|anni|hours|days|%|€|euro))",
    re.IGNORECASE,
)
_ENGLISH_ADDRESS = re.compile(
    rf"\b\d{{1,4}}[ ](?:{_CAPITAL}[\w'’]+[ ]){{1,3}}(?:Street|Road|Avenue|Square|Lane|Drive)\b"
)
_POSTCODE = re.compile(rf"(?<![\d./])\d{{5}}[ ]{_CAPITAL}[^\W\d_]{{2,}}(?:[ ]{_CAPITAL}[^\W\d_]+)*")


def findings(text: str) -> Iterator[Finding]:
    """Everything in a plain text that has a telling shape, in no order and perhaps overlapping."""
    yield from _codes(text)
    yield from _contacts(text)
    for found in _BIRTH.finditer(text):
        if _PERIOD.search(text, found.start(), found.start(1)):
            continue
        yield found.start(1), found.end(1), Kind.BIRTH, BIRTH
    for pattern in (_ADDRESS, _LOW_ADDRESS, _ENGLISH_ADDRESS, _POSTCODE):
        for found in pattern.finditer(text):
            if not _NO_STREET.match(found.group().partition(" ")[2].lstrip()):
                yield found.start(), found.end(), Kind.ADDRESS, ADDRESS


def _codes(text: str) -> Iterator[Finding]:
    for found in _TAX_CODE.finditer(text):
        valid = codicefiscale.is_valid(re.sub(r"[ .\-]", "", found.group()))
        yield found.start(), found.end(), Kind.TAX_CODE, VALID_TAX_CODE if valid else LIKE_TAX_CODE
    for found in _LIKE_TAX_CODE.finditer(text):
        yield found.start(), found.end(), Kind.TAX_CODE, LIKE_TAX_CODE
    for found in _VAT.finditer(text):
        if iva.is_valid(found.group()):
            yield found.start(), found.end(), Kind.TAX_CODE, VAT_NUMBER
    for found in _IBAN.finditer(text):
        if (end := _iban_end(found.group(1))) is not None:
            yield found.start(), found.start() + end, Kind.IBAN, IBAN
    for found in _LIKE_IBAN.finditer(text):
        yield found.start(), found.end(), Kind.IBAN, LIKE_IBAN
    for found in _DOCUMENT.finditer(text):
        yield found.start(), found.end(), Kind.DOCUMENT, DOCUMENT


def _iban_end(candidate: str) -> int | None:
    """How much of `candidate`, from its beginning, is a valid IBAN; None when none is. Words may follow it closely."""
    ends = (end for end in range(len(candidate), 14, -1) if candidate[end - 1] not in " -")
    return next((end for end in ends if iban.is_valid(candidate[:end])), None)


def _contacts(text: str) -> Iterator[Finding]:
    for pattern in (_EMAIL, _LIKE_EMAIL):
        for found in pattern.finditer(text):
            yield found.start(), found.end(), Kind.EMAIL, EMAIL
    for found in _PROFILE.finditer(text):
        yield found.start(), found.end(), Kind.ONLINE, ONLINE
    for number in phonenumbers.PhoneNumberMatcher(text, "IT", leniency=phonenumbers.Leniency.VALID):
        opened = number.raw_string.startswith("(") and ")" not in number.raw_string
        yield number.start + opened, number.end, Kind.PHONE, PHONE
    for found in _MOBILE.finditer(text):
        yield found.start(), found.end(), Kind.PHONE, LIKE_PHONE
    for found in _CALLED.finditer(text):
        yield found.start(1), found.end(1), Kind.PHONE, LIKE_PHONE
