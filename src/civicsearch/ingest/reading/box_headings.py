"""Short lines, as whole texts, that head a box beside a story or are furniture of the site.

Tables of data in the languages of civic news, in their own spelling: both sides are compared
folded. Add what says one thing only; wordings with an open end are patterns in `phrases`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from civicsearch.analysis.folding import fold

__all__ = ["furniture_lines", "heads_box", "heads_comments"]

# Lists of other pages.
_OTHERS = """
читайте также | читайте ещё | читайте по теме | смотрите также | по теме | см. также
| похожие новости | похожие материалы | похожие статьи | последние новости | другие новости
| материалы по теме | новости по теме | ещё по теме | ещё новости | популярное | популярные новости
| самое читаемое | самое популярное | свежие новости | новости партнёров | рекомендуем
| предыдущая новость | следующая новость | предыдущая статья | следующая статья
| предыдущая запись | следующая запись

| читайте також | читайте ще | дивіться також | за темою | схожі новини | схожі матеріали
| останні новини | інші новини | новини за темою | матеріали за темою | популярне
| популярні новини | рекомендуємо | попередня новина | наступна новина
| чытайце таксама | вижте също | прочетете още | прочети още | още новини | свързани новини
| подобни новини | последни новини | още по темата | прочитајте још | повезане вести
| најновије вести | најчитаније

| σχετικά άρθρα | σχετικές ειδήσεις | σχετικά νέα | διαβάστε επίσης | διαβάστε ακόμα
| διαβάστε ακόμη | δείτε επίσης | δείτε ακόμα | τελευταία νέα | τελευταίες ειδήσεις | δημοφιλή
| δημοφιλέστερα | πιο δημοφιλή | περισσότερα νέα

| berita terkait | artikel terkait | berita lainnya | berita lain | berita terbaru
| artikel terbaru | terpopuler | berita populer | simak juga | lihat juga | berita sebelumnya
| berita berikutnya | berita berkaitan
| ilginizi çekebilir | bunlar da ilginizi çekebilir | son haberler | çok okunanlar
| en çok okunanlar | önceki haber | sonraki haber | önceki yazı | sonraki yazı

| 新着情報 | 新着記事 | 人気記事 | アクセスランキング | おすすめ記事 | こちらもおすすめ | 前の記事
| 次の記事 | 最新消息 | 最新新闻 | 最新文章 | 热门新闻 | 热门文章 | 热门推荐 | 相关推荐 | 推荐新闻
| 猜你喜欢 | 更多新闻 | 上一篇 | 下一篇 | 最新新聞 | 熱門新聞 | 熱門文章 | 推薦閱讀 | 更多新聞
| 上一則 | 下一則 | 많이 본 뉴스 | 많이 본 기사 | 최신 뉴스 | 최신 기사 | 인기 기사 | 이전 기사
| 다음 기사

| آخر الأخبار | الأكثر قراءة | الأكثر مشاهدة | اقرأ المزيد | مقالات ذات صلة | موضوعات ذات صلة
| أخبار متعلقة | مواضيع متعلقة | شاهد أيضا | قد يعجبك أيضا | المقال السابق | المقال التالي
| الخبر السابق | الخبر التالي | اخبار مرتبط | כתבות נוספות | עוד בנושא | ข่าวล่าสุด | ข่าวยอดนิยม
| ताज़ा खबरें

| neueste meldungen | neueste beiträge | aktuelle meldungen | aktuelle beiträge | letzte meldungen
| beliebte beiträge | vorheriger beitrag | nächster beitrag | vorheriger artikel | nächster artikel
| dernières actualités | dernières nouvelles | derniers articles | à découvrir aussi
| article précédent | article suivant | noticia anterior | noticia siguiente | siguiente noticia
| noticias recientes | entradas recientes | las más leídas | quizás te interese
| notícias recentes | mais notícias | artigo anterior | próximo artigo | ultime notizie
| articoli recenti | i più letti | notizie correlate | contenuti correlati
| potrebbe interessarti anche | ti potrebbe interessare | articolo precedente
| articolo successivo | najnowsze | poprzedni artykuł | następny artykuł | poprzedni wpis
| następny wpis | předchozí článek | súvisiace články | najčítanejšie | čítajte tiež
| prečítajte si aj | povezani članci | povezane vijesti | vezane vijesti | najčitanije
| preberite še | preberite tudi | sorodne novice
| gerelateerde artikelen | gerelateerd nieuws | meest gelezen | laatste nieuws | meer nieuws
| relaterade artiklar | mest läst | senaste nytt | relaterte artikler | mest lest | siste nytt
| relaterede artikler | seneste nyt | mest læste | aiheesta lisää | lue lisää | luetuimmat
| articole similare | știri similare | cele mai citite | ultimele știri
| kapcsolódó cikkek | kapcsolódó hírek | legolvasottabb

| những tin mới hơn | những tin cũ hơn | tin cùng loại | thông tin liên quan | bài đọc nhiều
| nội dung liên quan | tin sau | bài sau | đừng bỏ lỡ | video liên quan | video nổi bật
| ảnh nổi bật | bài viết cùng tác giả | bài cùng tác giả | cùng tác giả | tin mới nhận
| keep reading | top stories | sponsored content | editor's picks | alle meldungen
"""
# What readers wrote, and the form to write more: no story goes on below it.
_COMMENTS = """
комментарии | оставить комментарий | добавить комментарий | комментарии читателей | коментарі
| залишити коментар | додати коментар | коментари | остави коментар | σχόλια | αφήστε ένα σχόλιο
| αφήστε μια απάντηση | komentar | tulis komentar | tinggalkan komentar | tinggalkan balasan
| yorum yap | yorum yaz | bir yorum yaz | bir yanıt yazın | bir cevap yazın
| コメント | コメントを書く | コメントを残す | 评论 | 发表评论 | 网友评论 | 評論 | 發表評論 | 댓글
| التعليقات | تعليقات | أضف تعليقا | أضف تعليق | اترك تعليقا | اترك ردا | نظرات | תגובות
| ความคิดเห็น
| kommentar schreiben | schreibe einen kommentar | schreiben sie einen kommentar
| kommentar hinterlassen | laisser un commentaire | poster un commentaire
| ajouter un commentaire | deja un comentario | deja una respuesta | dejar un comentario
| deixe um comentário | deixe uma resposta | deixar um comentário | lascia un commento
| dodaj komentarz | zostaw komentarz | přidat komentář | napsat komentář | komentáře
| pridať komentár | komentáre | komentari | komentarji | reacties | laat een reactie achter
| kommentarer | lämna en kommentar | skriv en kommentar | legg igjen en kommentar | kommentit
| comentarii | lasă un comentariu | hozzászólások | để lại bình luận | viết bình luận
| bình luận | ý kiến bạn đọc | gửi bình luận | comments | comment | kommentare | kommentar
| leserkommentare | commentaires | commentaire | comentarios | comentários | komentarze | commenti
| yorumlar | yorum
"""
# Buttons, wherever they stand.
_FURNITURE = """
поделиться | поделиться ссылкой | поделиться новостью | версия для печати | распечатать
| печать | возврат к списку | назад к списку | к списку новостей | наверх | реклама
| поділитися | поділитись | версія для друку | роздрукувати | друкувати | друк | нагору
| сподели | разпечатай | εκτύπωση | κοινοποίηση | κοινοποιήστε | μοιραστείτε το | διαφήμιση
| cetak | bagikan | iklan | kembali ke atas | yazdır | geri dön | sayfayı yazdır | 印刷
| 印刷する | このページを印刷する | ページの先頭へ | ページトップへ | 前のページへ戻る
| シェア | シェアする | ツイート | 打印 | 打印本页 | 关闭窗口 | 返回顶部 | 返回列表 | 分享到
| 列印 | 關閉視窗 | 分享 | 인쇄 | 공유하기 | 목록으로 | طباعة | شارك | مشاركة | شارك المقال
| שתף | הדפסה | print this page | share this | share this page | share this article
| weiterlesen | mehr lesen | lire la suite | voir la suite | seguir leyendo | continuar leyendo
| continuar a ler | continuar lendo | continuar a leitura | ler mais | saiba mais | ver más
| continua a leggere | leggi tutto | leggi di più | czytaj dalej | czytaj więcej | číst dál
| číst dále | číst více | čítať ďalej | čítať viac | lees verder | lees meer | läs vidare | läs mer
| läs hela artikeln | les videre | les mer | les hele saken | læs videre | læs mere
| læs hele artiklen | jatka lukemista | lue lisää | lue koko juttu | tovább | tovább olvasom
| tovább a cikkre | citește mai departe | citește mai mult | citește tot articolul | pročitaj više
| pročitajte više | opširnije | preberi več | devamını oku | devamı | baca selengkapnya
| baca selanjutnya | читать далее | читать дальше | читать полностью | подробнее | читати далі
| читати повністю | детальніше | διαβάστε περισσότερα | διαβάστε τη συνέχεια | đọc tiếp
| đọc thêm | xem tiếp | xem đầy đủ | continue reading | read more | read full article
| lưu bài viết | lưu bài | lưu tin | theo dõi chúng tôi
| seite drucken | druckansicht | seitenanfang | stampa | stampa pagina | torna indietro
| condividi su
"""
_COUNT = re.compile(r"^\d{1,6} |[\s(:]+\d{1,6}$")


@lru_cache(maxsize=4)
def _lines(table: str) -> frozenset[str]:
    return frozenset(fold(line).strip() for line in table.split("|"))


def furniture_lines() -> frozenset[str]:
    """Return the folded lines that are furniture of a site."""
    return _lines(_FURNITURE)


def heads_box(folded: str) -> bool:
    """Return whether a folded line heads a list of other pages, or comments.

    >>> heads_box("chitaite takzhe"), heads_box("kommentarii (12")
    (True, True)
    """
    return folded in _lines(_OTHERS) or heads_comments(folded)


def heads_comments(folded: str) -> bool:
    """Return whether a folded line heads comments or their form, with or without their number."""
    known = _lines(_COMMENTS)
    if folded in known:
        return True
    return folded[:1].isdigit() | folded[-1:].isdigit() and _COUNT.sub("", folded) in known
