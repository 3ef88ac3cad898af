"""The wordings by which a line shows that it is no part of a story.

A table of data: headings of boxes that list other pages, furniture lines, error messages of web
servers, in the languages of civic news. Wordings are in folded form (see
`civicsearch.analysis.folding.fold`), so one entry serves every spelling. Add what says one thing
only; a wording is compared with a whole short line, never with a part of a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from civicsearch.analysis.folding import fold
from civicsearch.ingest.reading.box_headings import furniture_lines, heads_box, heads_comments
from civicsearch.ingest.reading.feedback_lines import asks_for_feedback, is_reading_time
from civicsearch.ingest.reading.furniture_lines import is_counter, is_request
from civicsearch.ingest.reading.site_notices import is_site_line

__all__ = [
    "MARKS_AT_ENDS",
    "fold_line",
    "is_attachment_heading",
    "is_boilerplate_line",
    "is_consent_text",
    "is_contact",
    "is_end_heading",
    "is_imprint",
    "is_one_comment",
    "is_readers_heading",
    "is_related_heading",
    "split_error_text",
]

# Headings of boxes that list other pages; matched against a whole short line.
_RELATED_HEADINGS = re.compile(
    r"(?:cac )?(?:tin|bai|bai viet|tin tuc|tin bai)(?: viet| bai| tuc)? (?:lien quan|khac|"
    r"cung chuyen muc|cung muc|"
    r"da dua|cu hon|moi hon|moi nhat|moi|noi bat|doc nhieu|xem nhieu|tiep theo|truoc|cung chu de)|"
    r"(?:tin|bai) (?:moi|cu|noi bat)|co the ban quan tam|xem them|doc them|doc nhieu(?: nhat)?|"
    r"xem nhieu(?: nhat)?|"
    r"tin doc nhieu|chu de lien quan|cung chuyen muc|y kien(?: ban doc)?|binh luan|gui binh luan|"
    r"ban doc binh luan|"
    r"video|anh|thu vien anh|thu vien video|album anh|lien ket website|lien ket|len dau trang|"
    r"bam vao day de nhan ma|ma xac (?:nhan|thuc)|gui phan hoi|phan hoi|danh gia bai viet|"
    r"chia se(?: bai viet)?|"
    r"related(?: (?:articles?|stor(?:y|ies)|posts?|news|content|links?|topics?|coverage|reading|"
    r"items))?|"
    r"more (?:from|on|in|about|stories|news|articles|like this|coverage|to explore)\b.{0,60}|"
    r"read (?:more|next|also|on)|also read|see also|"
    r"you (?:may|might) (?:also )?(?:like|be interested).{0,40}|recommended(?: (?:for you|"
    r"articles|stories|reading|posts|links|videos?))?|"
    r"most (?:read|viewed|popular|shared|recent|commented)|popular (?:posts|articles|stories|"
    r"news|now)|trending(?: now)?|latest (?:news|posts|stories|articles)|"
    r"recent (?:posts|articles|news|stories)|there (?:are|is) \d+ comments?|"
    r"(?:\d+ )?(?:comments?|responses|replies|thoughts)(?: ?\d+)?(?: (?:on|to)\b.{0,120})?|"
    r"leave a (?:reply|comment)(?: cancel reply)?|"
    r"add (?:a |your )?comment|post a comment|join the (?:conversation|discussion)|"
    r"about the authors?|share (?:this|on|via)\b.{0,50}|share|"
    r"(?:dalsi|souvisejici|podobne|nejctenejsi|nejnovejsi)(?: (?:clanky|aktuality|zpravy|temata|"
    r"odkazy|prispevky|dokumenty|akce))?|"
    r"souvisejici|mohlo by vas zajimat|prectete si take|ctete take|diskuse|komentare|"
    r"sdilet(?: clanek)?|prilohy|"
    r"(?:noticias|articulos|contenidos?|enlaces|notas|temas|entradas) relacionad[oa]s?|"
    r"te puede interesar|tambien te puede interesar|"
    r"lo mas (?:leido|visto)|mas (?:noticias|leidas|informacion)|otras noticias|ultimas noticias|"
    r"comentarios|compartir|leer mas|"
    r"(?:articles?|actualites?|contenus?|sujets?) (?:similaires?|associes?|lies|connexes?|"
    r"recents?|en relation)|"
    r"a lire (?:aussi|egalement).{0,60}|lire aussi|voir aussi|sur le meme (?:sujet|theme)|"
    r"dans la meme (?:rubrique|categorie)|les plus lus|commentaires?|partager(?: cet article)?|"
    r"(?:czytaj|zobacz|przeczytaj|sprawdz) (?:tez|takze|rowniez|wiecej).{0,60}|(?:podobne|"
    r"powiazane|inne|najnowsze|pozostale|ostatnie) (?:artykuly|wiadomosci|aktualnosci|tematy|"
    r"wpisy|linki)|"
    r"komentarze|najczesciej czytane|najpopularniejsze|udostepnij|polecamy|"
    r"(?:mehr|weitere|aehnliche|verwandte|ahnliche) (?:artikel|beitrage|themen|nachrichten|"
    r"meldungen|zum thema|news|infos|aus).{0,40}|mehr zum thema|lesen sie (?:auch|mehr).{0,40}|"
    r"das konnte (?:sie|dich) auch interessieren|"
    r"auch interessant|meistgelesen|kommentare|teilen|leserkommentare.{0,20}|passend zum thema|"
    r"zum thema|schlagworter|"
    r"(?:leia|veja) (?:tambem|mais).{0,40}|noticias relacionadas|artigos relacionados|mais lidas|"
    r"compartilhe|comentarios|"
    r"leggi anche.{0,60}|articoli correlati|potrebbe interessarti|commenti|condividi|"
    r"le[ae] (?:tambien|ademas)|vea (?:tambien|ademas)|laes ogsa|les (?:ogsa|mer)"
    r"|las (?:mer|ocksa|aven)|lue myos|baca (?:juga|selengkapnya)|lees ook|citeste si"
    r"|procitajte (?:i|jos)|"
    r"ilgili haberler|benzer haberler|diger haberler|yorumlar|paylas"
)
# The same in scripts that fold to something else.
_EASTERN_RELATED = re.compile(
    r"関連(?:記事|ニュース|リンク)|あわせて読みたい"
    r"|관련 ?(?:기사|뉴스)|相[关關](?:阅读|新闻|文章|链接|報導|新聞)"
    r"|(?:延伸|推荐)[阅閱][读讀]"
    r"|اقرأ أيض[اًا]+|(?:مواضيع|أخبار) ذات صلة"
    r"|(?:यह|ये) भी पढ़ें|संबंधित (?:खबरें|समाचार)"
    r"|(?:อ่าน)?ข่าว(?:ที่)?เกี่ยวข้อง|อ่าน(?:ข่าว)?เพิ่มเติม|อ่านต่อ"
)
_ATTACHMENTS = re.compile(
    r"priloh|ke stazeni|soubory|tap tin|tai lieu|tep dinh kem|file dinh kem|attach|download|"
    r"zalaczn|pliki|adjunt|descarg|telecharg|pieces? jointe|documents"
)
_END_HEADINGS = re.compile(
    r"(?:\d+ )?(?:comments?|responses|replies|binh luan|y kien|gui (?:binh luan|phan hoi)|"
    r"komentare|diskuse|"
    r"comentarios|commentaires?|komentarze|kommentare|leserkommentare|commenti|yorumlar)\b"
    r"|there (?:are|is) \d+ comment|leave a (?:reply|comment)|(?:add|post) (?:a |your )?comment|"
    r"bam vao day"
)
# Of these, what heads no part of a report: `Responses to the plan` may.
_READERS = re.compile(
    r"\d+ (?:comments?|responses?|replies|thoughts) (?:on|to)\b.*"
    r"|(?:leave|add|post|write) (?:a |your )?(?:comment|reply)(?: cancel reply)?"
)
_DIGIT = re.compile(r"\d")
_ONE_COMMENT = frozenset(("kommentar", "comment", "commentaire", "comentario", "yorum"))
# Whole lines that are furniture wherever they stand.
_BOILERPLATE_LINES = re.compile(
    r"\(?(?:bam|nhan|click|an) vao day.{0,40}|\(?nhap ma.{0,40}|ma (?:bao mat|xac nhan|xac thuc|"
    r"captcha).{0,20}|"
    r"in (?:bai(?: viet)?|trang(?: nay)?|tin)|gui (?:email|mail|bai viet|cho ban be|tin).{0,30}|"
    r"ve trang (?:chu|truoc)|trang chu|"
    r"(?:luot|so lan) (?:xem|doc).{0,12}|(?:quay )?(?:tro )?(?:lai|ve) (?:dau trang|"
    r"trang truoc)?|len dau trang|dau trang|"
    r"(?:co|c) chu|a ?[+-]|tang giam co chu|nghe (?:doc )?bai(?: viet)?|nghe bai bao|"
    r"luu bai viet|theo doi.{0,60}google news.{0,20}|xem (?:them|tiep|tat ca)|xem chi tiet|"
    r"chia se.{0,40}|"
    r"facebook|twitter|zalo|email|linkedin|whatsapp|telegram|pinterest|reddit|print|pdf|e ?mail|"
    r"copy link|"
    r"(?:vytisknout|tisk|sdilet|poslat).{0,40}|zpet.{0,30}|nahoru|"
    r"(?:imprimir|compartir|volver|enviar)(?: .{0,30})?|(?:imprimer|partager|envoyer|"
    r"retour)(?: .{0,30})?|haut de page|"
    r"(?:drukuj|udostepnij|powrot|wstecz|poleć)(?: .{0,30})?|"
    r"(?:print|share|tweet|email|save|follow us|subscribe|sign up|log ?in|advertisement|"
    r"advertising|sponsored|continue reading|"
    r"read more|click here|loading|close|menu|search|skip to.{0,30}|back to.{0,20}|go back|"
    r"scroll down|story continues below.{0,30}|"
    r"article continues (?:below|after).{0,30}|sign up (?:for|to).{0,100}|follow us on.{0,40}|"
    r"like us on.{0,40})|"
    r"(?:anzeige|werbung|drucken|teilen|merken|mehr lesen|weiterlesen|nach oben|zuruck|"
    r"artikel (?:drucken|merken|teilen).{0,20})|"
    r"(?:reklama|publicidad|publicite|pubblicita|reklam|quang cao|advertisement)|"
    r"(?:previous|next|older|newer)(?: (?:post|article|story|entry|page).{0,100})?|"
    # With the number of a version: what a site is made with.
    r"(?:built|made|created|generated|powered|erstellt|genere|creado|hecho|creato|realizzato"
    r"|zbudowan[oe]|utworzon[oea]|wygenerowan[oea]|vytvoreno|duoc tao)"
    r" .{2,50} \d{1,3}(?:\.\d{1,3}){1,3}|"
    r"for immediate release|all rights reserved.{0,60}|"
    r"copyright.{0,120}|©.{0,120}"
)

# What only the foot of a site says: who runs it, by what licence, who owns the text.
_IMPRINT = re.compile(
    r"co quan (?:chu quan|quan ly)\b|don vi (?:chu quan|quan ly)\b|giay phep (?:so|hoat dong|"
    r"thiet lap|ttdt|xuat ban)\b|ban quyen\b|(?:ghi|neu|trich dan) ro nguon\b|"
    r"chiu trach nhiem (?:noi dung|chinh|xuat ban|quan ly)\b|(?:nguoi|truong ban) chiu trach nhiem|"
    r"tong bien tap\b.{0,60}$|truong ban bien tap\b.{0,60}$|thiet ke (?:boi|va phat trien)|"
    r"phat trien boi|"
    r"©|\(c\) ?(?:19|20)\d\d|copyright\b(?!:)|all rights reserved|"
    r"vsechna prava vyhrazena|provozovatel (?:webu|stranek)|"
    r"wszelkie prawa|wszystkie (?:prawa|znaki towarowe)|prawa autorskie|"
    r"todos los derechos|tous droits reserves|mentions legales|alle rechte vorbehalten|"
    r"tutti i diritti|todos os direitos|tum haklari"
)
_CONTACT = re.compile(
    r"(?:dia chi|tru so|dien thoai|dt|so dt|duong day nong|hotline|fax|e-?mail|thu dien tu|website|"
    r"adresa|tel(?:efon)?|phone|address|direccion|telefono|adresse|telephone|adres|indirizzo|"
    r"endereco) ?[.:(]"
)

# What stands where a video or a post of another site would be, until the reader consents.
_CONSENT = re.compile(
    r"empfohlener (?:redaktioneller |externer )?inhalt|externer inhalt\b.{0,40}$|externe inhalte"
    r"|an dieser stelle (?:findest du|finden sie) (?:einen )?extern"
    r"|(?:du kannst|sie konnen) ihn (?:dir|sich) mit einem klick"
    r"|(?:\w{2,20}[- ])?inhalte? (?:erlauben|anzeigen|laden)$|link zum .{2,20}[- ]inhalt$"
    r"|(?:ich bin|hiermit bin ich) (?:damit )?einverstanden,? dass mir\b"
    r"|(?:damit|dabei|dadurch)? ?(?:werden|konnen)? ?personenbezogene daten (?:konnen|werden)? ?an"
    r" drittplattformen"
    r"|um (?:diesen?|eingebettete|externe) inhalte?\b.{0,40}(?:anzuzeigen|zu sehen)"
    r"|(?:to (?:view|see|watch|display) this|this) (?:content|video|post|embed|tweet)\b.{0,80}"
    r"(?:cookies?|consent|third[- ]party|javascript|browser)"
    r"|(?:we need|please give) your consent\b|please enable (?:cookies|javascript)"
    r"|pour (?:voir|afficher|visualiser) (?:ce|cette)\b.{0,60}(?:cookies?|accepte)"
    r"|ce contenu (?:est bloque|n.a pas pu)|para (?:ver|visualizar) este contenido"
    r"|este contenido (?:esta alojado|requiere)|per (?:vedere|visualizzare) questo contenuto"
    r"|trinh duyet (?:cua ban )?khong ho tro|your browser does not support"
)
# More letters than any of these matches; the rest of a paragraph need not be folded.
_MAX_CONSENT_CHARS = 300
_ERROR_TEXT = re.compile(
    r"^(?:"
    r"The request was aborted: [^.]*\."
    r"|The (?:remote server returned an error|underlying connection was closed|"
    r"operation has timed out)[^.]{0,160}\."
    r"|The remote name could not be resolved: '[^']*'\.?"
    r"|Unable to connect to the remote server\.?"
    r"|(?:Could not|Cannot|Unable to|Failed to) (?:create|connect|open|load|read|"
    r"establish)[^.]{0,160}\."
    r"|Object reference not set to an instance of an object\.?"
    r"|Value cannot be null\.?(?: ?\(?Parameter name: \w+\)?)?"
    r"|Server Error in '[^']*' Application\.?"
    r"|Runtime Error\b[^.]{0,160}\."
    r"|(?:An|Internal|Unhandled) (?:error|exception|server error)[^.]{0,160}\."
    r"|(?:System\.)?[A-Z]\w+(?:\.\w+)*Exception: [^.]{0,200}\."
    r"|(?:Warning|Notice|Deprecated|Fatal error|Parse error|"
    r"Strict Standards): .{0,300}? on line \d+\.?"
    r"|Error establishing a database connection\.?"
    r"|(?:HTTP )?Error \d{3}[:.]? ?[^.]{0,80}\."
    r")\s*",
)


MARKS_AT_ENDS = " .:;,!?…-–—»«><|*•▪►▼▲↑→←+()[]\"'“”"
"""What stands at the ends of a line and says nothing."""


@lru_cache(maxsize=1 << 12)
def fold_line(text: str) -> str:
    """Return `text` folded, without marks and bullets at its ends."""
    return fold(text).strip(MARKS_AT_ENDS)


def is_related_heading(text: str) -> bool:
    """Return whether a line is the heading of a box that lists other pages or comments."""
    if len(text) > 140:
        return False
    if not text.isascii() and _EASTERN_RELATED.fullmatch(text.strip(" :：■▶►【】[]")):
        return True
    folded = fold_line(text)
    return heads_box(folded) or bool(_RELATED_HEADINGS.fullmatch(folded))


def is_end_heading(text: str) -> bool:
    """Return whether a line is the heading of comments or a form: no story goes on below it."""
    if len(text) > 140:
        return False
    folded = fold_line(text)
    return heads_comments(folded) or bool(_END_HEADINGS.match(folded))


def is_readers_heading(text: str) -> bool:
    """Return whether a line is the heading of readers' comments, and of nothing else.

    >>> is_readers_heading("5 responses to “New roof”"), is_readers_heading("Responses to the plan")
    (True, False)
    """
    if len(text) > 140:
        return False
    folded = fold_line(text)
    return heads_comments(folded) or _READERS.fullmatch(folded) is not None


def is_one_comment(text: str) -> bool:
    """Return whether a line is the word for one comment, which may be of the paper's own.

    >>> is_one_comment("Kommentar"), is_one_comment("Kommentare")
    (True, False)
    """
    return fold_line(text) in _ONE_COMMENT


def is_attachment_heading(text: str) -> bool:
    """Return whether a line is the heading of files to download: particulars may follow it."""
    return bool(_ATTACHMENTS.match(fold_line(text)))


def is_boilerplate_line(text: str) -> bool:
    """Return whether a whole line is furniture of the site."""
    if len(text) > 140:
        return False
    folded = fold_line(text)
    return (
        folded in furniture_lines()
        or is_request(folded)
        or is_site_line(folded)
        or (_DIGIT.search(folded) is not None and (is_counter(folded) or is_reading_time(folded)))
        or ("?" in text and asks_for_feedback(text))
        or _BOILERPLATE_LINES.fullmatch(folded) is not None
    )


def is_consent_text(text: str) -> bool:
    """Return whether a paragraph asks for consent to show something, or says why it is not shown.

    >>> is_consent_text("To view this video please enable cookies for third-party content.")
    True
    """
    return len(text) <= 900 and bool(_CONSENT.match(fold_line(text[:_MAX_CONSENT_CHARS])))


def is_imprint(text: str) -> bool:
    """Return whether a line says who runs the site or owns its text."""
    return len(text) <= 250 and bool(_IMPRINT.match(fold_line(text)) or text.startswith("©"))


def is_contact(text: str) -> bool:
    """Return whether a line is an address or a number, as imprints and notices print them."""
    return len(text) <= 200 and bool(_CONTACT.match(fold(text)))


def split_error_text(text: str) -> tuple[str, str]:
    """Return the error message that `text` starts with, and the rest.

    >>> split_error_text("Unable to connect to the remote server. Họp báo")
    ('Unable to connect to the remote server.', 'Họp báo')
    """
    match = _ERROR_TEXT.match(text)
    if match is None:
        return "", text
    return match[0].strip(), text[match.end() :]
