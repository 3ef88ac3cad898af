"""Titles that say what a page is, as whole texts, in the languages of civic news.

Tables of data. Add what says one thing only, in its own spelling: both sides are compared folded.
"""

from __future__ import annotations

from functools import lru_cache

from civicsearch.analysis.folding import fold

__all__ = ["contact_names", "gates", "more_words", "section_names"]

# What stands between a reader and a page: log in, agree, pay, wait.
_GATES = """
log in | log in to your account | sign in | sign in to your account | sign in to continue | login
| member login | register | create account | create an account | create your account
| forgot password | forgot your password | reset password | reset your password | subscribe
| subscribe now | subscription | subscriptions | choose your subscription | subscription offers
| become a member | your privacy | your privacy choices | we value your privacy
| we care about your privacy | privacy settings | cookie settings | cookie consent
| before you continue | maintenance | maintenance mode | site maintenance | scheduled maintenance
| down for maintenance | we'll be back soon | we will be back soon | be right back | coming soon
| one more step | security check | checking your browser | verify you are human | are you a robot
| human verification | enable javascript | javascript required
| access to this page has been denied
| unauthorized | authorization required | account suspended | too many requests

| đăng ký | quên mật khẩu | quyền riêng tư | trang web đang bảo trì | hệ thống đang bảo trì
| website đang bảo trì | đang bảo trì | bảo trì | bảo trì hệ thống | đang nâng cấp | lỗi máy chủ
| đặt mua | đặt mua báo

| anmelden | anmeldung | einloggen | registrieren | registrierung | passwort vergessen
| ihre privatsphäre | datenschutz-einstellungen | datenschutzeinstellungen
| privatsphäre-einstellungen
| cookie-einstellungen | wartung | wartungsarbeiten | wartungsmodus | interner serverfehler
| serverfehler | abonnieren | abonnement | abo-angebote | jetzt abonnieren

| se connecter | s'identifier | identification | créer un compte | mot de passe oublié
| votre vie privée | nous respectons votre vie privée | paramètres de confidentialité
| gestion des cookies | site en maintenance | maintenance en cours | en maintenance
| erreur interne du serveur | erreur serveur | s'abonner | abonnez-vous | nos offres d'abonnement
| offres d'abonnement

| acceder | acceso | inicio de sesión | regístrese | crear cuenta | su privacidad | tu privacidad
| configuración de cookies | sitio en mantenimiento | en mantenimiento
| error interno del servidor
| error del servidor | suscríbase | suscríbete | suscripciones | entrar | cadastre-se
| sua privacidade | a sua privacidade | site em manutenção | em manutenção | manutenção
| erro interno do servidor | erro do servidor | assine | assinar | assinaturas
| inicia sessió | inicieu sessió | lloc en manteniment

| accedi | accesso | registrati | password dimenticata | la tua privacy | impostazioni dei cookie
| sito in manutenzione | in manutenzione | manutenzione | errore del server
| errore interno del server | abbonati | abbonamenti
| autentificare | conectare | înregistrare | confidențialitate | site în mentenanță
| în mentenanță
| mentenanță | site în lucru | eroare de server | eroare internă a serverului | abonează-te
| abonamente

| zaloguj | logowanie | rejestracja | twoja prywatność | dbamy o twoją prywatność
| ustawienia prywatności | przerwa techniczna | prace konserwacyjne | strona w budowie
| błąd serwera | wewnętrzny błąd serwera | prenumerata | kup prenumeratę
| přihlášení | přihlásit se | registrace | vaše soukromí | nastavení cookies | probíhá údržba
| údržba | údržba webu | stránky v údržbě | chyba serveru | vnitřní chyba serveru | předplatné
| prihlásenie | registrácia | vaše súkromie | prebieha údržba | údržba stránky | predplatné
| prijava | registracija | vaša privatnost | održavanje | stranica je u izradi | pretplata
| bejelentkezés | regisztráció | karbantartás | karbantartás alatt | szerverhiba | előfizetés

| giriş | giriş yap | üye girişi | kayıt ol | gizliliğiniz | bakım | bakım çalışması
| bakım modu | sitemiz bakımda | sunucu hatası | abone ol | abonelik
| logga in | inloggning | registrera dig | din integritet | underhåll | underhåll pågår
| serverfel
| prenumerera | bli prenumerant | log ind | logg inn | innlogging | dit privatliv
| ditt personvern
| vedligeholdelse | vedlikehold | serverfeil | abonner | abonnér | bliv abonnent | bli abonnent
| kirjaudu | kirjaudu sisään | rekisteröidy | yksityisyytesi | huoltokatko | palvelinvirhe | tilaa
| inloggen | aanmelden | uw privacy | jouw privacy | onderhoud | in onderhoud | serverfout
| abonneren | word abonnee

| σύνδεση | είσοδος | εγγραφή | το απόρρητό σας | υπό συντήρηση | υπό κατασκευή
| συντήρηση | σφάλμα διακομιστή | συνδρομή | συνδρομές | η σελίδα δεν βρέθηκε
| η σελίδα που ζητήσατε δεν βρέθηκε | δεν βρέθηκε η σελίδα | σφάλμα 404
| вход | войти | авторизация | регистрация | конфиденциальность | технические работы
| сайт на обслуживании | сайт временно недоступен | ведутся технические работы | ошибка сервера
| внутренняя ошибка сервера | подписка | оформить подписку | страница не найдена
| страница не существует | запрашиваемая страница не найдена | ошибка 404 | доступ запрещен
| вхід | увійти | реєстрація | технічні роботи | помилка сервера | підписка
| сторінку не знайдено | сторінка не знайдена | доступ заборонено
| страницата не е намерена | страницата не беше намерена | страница није пронађена
| страница не е најдена | абонамент

| تسجيل الدخول | دخول | إنشاء حساب | الخصوصية | خصوصيتك | الموقع قيد الصيانة | قيد الصيانة
| الموقع تحت الصيانة | تحت الصيانة | خطأ في الخادم | اشترك | اشترك الآن | الاشتراك
| ورود | ثبت نام | صفحه یافت نشد | در دست تعمیر | התחברות | כניסה | האתר בתחזוקה
| ログイン | 会員ログイン | 会員登録 | 新規登録 | プライバシー | プライバシー設定 | クッキーの設定
| メンテナンス | メンテナンス中 | ただいまメンテナンス中です | サーバーエラー | サーバエラー
| 購読 | 購読のご案内
| 登录 | 登錄 | 登入 | 用户登录 | 注册 | 系统维护 | 系統維護 | 网站维护 | 网站维护中 | 服务器错误
| 伺服器錯誤 | 订阅 | 로그인 | 회원가입 | 점검 중 | 서비스 점검 안내 | 서버 오류 | 구독
| เข้าสู่ระบบ | ปิดปรับปรุง | masuk | daftar | situs dalam pemeliharaan | berlangganan
"""

# The name of a section, without anything that happened.
_SECTIONS = """
notices | public notices | legal notices | notice board | noticeboard | latest headlines | headlines
| top stories | breaking news | newsroom | media releases | news releases | news archive | archive
| archives | upcoming events | events calendar | event calendar | calendar | calendar of events
| meetings | agendas | agendas and minutes | agendas & minutes | minutes | blog | our blog | forum
| forums | discussions | videos | video gallery | photos | photo gallery | gallery | galleries
| photo galleries | sitemap | site map | documents | downloads | publications | councillors
| staff directory | shop | products | tenders | live | bids | obituaries
| categories | authors | drafts | languages | locations | a to z | faqs | resources
| publications and documents

| tin nổi bật | tin mới nhất | tin tức sự kiện | tin trong tỉnh | tin địa phương | tin hoạt động
| hoạt động | bài viết | thông báo mới | lịch công tác | lịch làm việc | lịch tiếp công dân
| văn bản | văn bản mới | văn bản pháp quy | văn bản chỉ đạo điều hành | thủ tục hành chính
| thư viện ảnh | thư viện video | thư viện hình ảnh | video | diễn đàn | sơ đồ cổng
| sơ đồ website
| sơ đồ trang | lãnh đạo | ban lãnh đạo | sản phẩm | lưu trữ | hỏi đáp | đấu thầu | tuyển dụng

| neueste nachrichten | neuigkeiten | neues | presse | pressearchiv | presseinformationen
| bekanntmachungen | amtliche bekanntmachungen | öffentliche bekanntmachungen | ausschreibungen
| stellenangebote | veranstaltungskalender | kalender | alle meldungen | archiv | bildergalerie
| bildergalerien | fotogalerie | mediathek | inhaltsverzeichnis | übersicht | amtsblatt
| aktuelles aus dem rathaus | mitglieder des gemeinderats | gemeinderat | liveticker | laden

| actualité | actus | toutes les actus | dernières nouvelles | dernières actualités
| à la une | agenda | évènements | événements | avis publics | appels d'offres | marchés publics
| délibérations | espace presse | galerie de photos | galerie photos | photothèque | vidéos
| plan du site | les élus | vos élus | publications | boutique | en direct | comptes rendus

| últimas noticias | actualidad | todas las noticias | anuncios | tablón de anuncios | eventos
| agenda cultural | comunicados | comunicados de prensa | sala de prensa | galería de fotos
| galería | vídeos | mapa del sitio | mapa web | archivo | foro | tienda | en directo | concejales
| licitaciones | convocatorias | avisos
| últimas | notícias | últimas notícias | todas as notícias | editais | avisos e editais
| licitações | galeria de fotos | galeria | mapa do site | arquivo | vereadores | loja | ao vivo
| atualidade | comunicados de imprensa | actualitat | notícies | agenda d'activitats

| ultime notizie | tutte le notizie | novità | eventi | bandi | bandi e avvisi | albo pretorio
| galleria fotografica | mappa del sito | consiglieri | in diretta | archivio | rassegna stampa
| știri | ultimele știri | noutăți | anunțuri | comunicate | comunicate de presă | evenimente
| galerie foto | harta site-ului | arhivă | consilieri | monitorul oficial local
| achiziții publice

| najnowsze | wiadomości | komunikaty prasowe | dla mediów | wydarzenia | kalendarz
| kalendarz wydarzeń | kalendarium | przetargi | galeria zdjęć | galeria | mapa strony | archiwum
| radni | filmy | na żywo | sklep | obwieszczenia | tablica ogłoszeń
| nejnovější zprávy | tiskové zprávy | úřední deska | kalendář akcí | kalendář | akce | pozvánky
| fotogalerie | mapa stránek | archiv | archiv aktualit | zastupitelé | diskuse | oznámení
| správy | oznamy | tlačové správy | úradná tabuľa | podujatia | fotogaléria | mapa stránok
| archív
| novosti | vijesti | vesti | obavijesti | obaveštenja | natječaji | događanja | novice
| obvestila
| dogodki | priopćenja | saopštenja | hírek | aktuális | események | közlemények
| sajtóközlemények
| hirdetmények | eseménynaptár | galéria

| son haberler | tüm haberler | güncel | gündem | etkinlikler | etkinlik takvimi | ilanlar
| basın bültenleri | basın açıklamaları | foto galeri | fotoğraf galerisi | video galeri
| videolar
| site haritası | arşiv | meclis üyeleri | canlı | ihaleler | mağaza
| senaste nytt | senaste nyheterna | aktuellt | pressmeddelanden | kungörelser | anslagstavla
| evenemang | bildspel | webbkarta | arkiv | ledamöter | seneste nyt | seneste nyheder
| siste nytt
| pressemeddelelser | pressemeldinger | kunngjøringer | arrangementer | begivenheder
| aktivitetskalender | tiedotteet | tapahtumat | kuulutukset | arkisto | laatste nieuws
| nieuwsoverzicht | persberichten | bekendmakingen | evenementen | archief | nieuwsarchief

| νέα | τα νέα μας | τελευταία νέα | επικαιρότητα | ειδήσεις | ανακοινώσεις | δελτία τύπου
| εκδηλώσεις | ημερολόγιο | διακηρύξεις | προκηρύξεις | φωτογραφίες | βίντεο | αρχείο
| χάρτης ιστοτόπου | σύμβουλοι | φόρουμ | κατάστημα
| новости | последние новости | все новости | лента новостей | главные новости | события
| объявления | пресс-релизы | мероприятия | афиша | календарь событий | фотогалерея | фото | видео
| карта сайта | архив | архив новостей | депутаты | форум | магазин | документы | публикации
| новини | останні новини | усі новини | оголошення | прес-релізи | події | заходи | фотогалерея
| архів | обяви | съобщения | събития | вести | најаве | саопштења | обавештења

| أخبار | آخر الأخبار | أهم الأخبار | الإعلانات | إعلانات | بيانات صحفية | الفعاليات | معرض الصور
| فيديو | خريطة الموقع | الأرشيف | المنتدى | المناقصات | اخبار | اطلاعیه‌ها | رویدادها | חדשות
| הודעות
| お知らせ | 新着情報 | ニュース | イベント | イベントカレンダー | イベント情報 | 公告 | 報道発表
| 報道発表資料
| プレスリリース | 記者発表 | 写真館 | フォトギャラリー | 動画 | サイトマップ | 議員紹介 | 掲示板
| 入札情報 | 記事一覧
| 新闻 | 新闻动态 | 工作动态 | 通知 | 公示公告 | 政务公开 | 要闻 | 最新消息 | 最新公告 | 活動訊息
| 网站地图
| 새소식 | 공고 | 고시공고 | 행사 | 행사안내 | 최신뉴스 | 사이트맵 | ข่าวสาร | ข่าวล่าสุด
| กิจกรรม | ประกาศ
| siaran pers | agenda kegiatan | galeri foto | berita terbaru | berita terkini
"""

# How to reach whoever runs a site.
_CONTACTS = """
contact | contact us | contacts | contact details | contact information | contact form
| get in touch | how to contact us | contact the council | write to us | feedback | send feedback
| feedback form

| liên hệ | thông tin liên hệ | liên hệ với chúng tôi | địa chỉ liên hệ | góp ý | hộp thư góp ý

| kontakt | kontakte | kontaktformular | kontakt und anfahrt | kontakt & anfahrt | ansprechpartner
| contacter | nous contacter | contactez-nous | contactez nous | formulaire de contact
| nous écrire | contacto | contáctanos | contáctenos | contacte con nosotros
| formulario de contacto
| contato | contacte | contacta | contatos | contactos | fale conosco | contacte-nos
| contatti | contattaci | modulo di contatto | contactați-ne | formular de contact

| dane kontaktowe | formularz kontaktowy | napisz do nas | kontakty | kontaktní formulář
| napište nám | kontaktní údaje | kontaktujte nás | kontaktný formulár | napíšte nám
| kontaktirajte nas | pišite nam | kapcsolat | elérhetőség | elérhetőségek

| iletişim | bize ulaşın | iletişim formu | bize yazın | iletişim bilgileri
| kontakta oss | kontakt oss | kontakt os | yhteystiedot | ota yhteyttä | contactformulier
| neem contact op | hubungi kami | kontak kami
| επικοινωνία | στοιχεία επικοινωνίας | контакты | контакти | обратная связь | свяжитесь с нами
| اتصل بنا | تواصل معنا | צור קשר | お問い合わせ | 联系我们 | 聯絡我們 | 연락처 | 문의하기 | ติดต่อเรา
"""

# The text of a link that leads from a teaser to the whole.
_MORE = """
read more | see more | show more | learn more | more | continue reading | read on | read full story
| full story | read the full story | read article | view details | details | find out more
| more details | view more | more info | more information | read now
| xem thêm | xem tiếp | xem chi tiết | đọc tiếp | đọc thêm | chi tiết | xem tiếp chi tiết
| weiterlesen | weiter lesen | mehr | mehr lesen | mehr erfahren | mehr dazu | zum artikel
| mehr informationen | weitere informationen | alles lesen
| číst dál | číst dále | číst více | více | celý článek | více informací | zobrazit více
| čítať ďalej
| čítaj viac | viac | celý článok | więcej | czytaj dalej | czytaj więcej | zobacz więcej
| czytaj całość | pročitaj više | opširnije | detaljnije | više | preberi več | več | tovább
| bővebben | tovább olvasom | részletek
| leer más | ver más | seguir leyendo | leer noticia | más información | más | llegir més
| leia mais
| saiba mais | ler mais | continue lendo | veja mais | continuar a ler | ver mais
| lire la suite | en savoir plus | lire plus | lire l'article | voir plus | la suite | suite
| leggi tutto | leggi | leggi di più | continua a leggere | continua | dettagli | scopri di più
| citește mai mult | citește tot | citește | citește mai departe | continuă lectura | mai mult
| mai multe | detalii | află mai multe | vezi detalii
| devamı | devamını oku | devamı için tıklayın | haberin devamı | detay | detaylar | detaylı bilgi
| lees meer | lees verder | meer | meer lezen | läs mer | läs hela | fortsätt läsa | läs vidare
| läs hela artikeln | læs mere | les mer | les meir | lue lisää | lue koko juttu | lisää
| διαβάστε περισσότερα | περισσότερα | δείτε περισσότερα | διαβάστε τη συνέχεια | συνέχεια
| подробнее | читать далее | читать дальше | читать полностью | далее | читать | ещё
| детальніше | читати далі | читати більше | докладніше | прочети повече | още | опширније
| прочитај више | детаљније
| اقرأ المزيد | المزيد | إقرأ المزيد | قراءة المزيد | التفاصيل | ادامه مطلب | بیشتر | קרא עוד
| המשך קריאה
| 続きを読む | もっと見る | 詳細 | 詳細を見る | 詳しくはこちら | 詳しく見る | 全文を読む
| 查看更多 | 阅读全文 | 详细
| 更多 | 閱讀更多 | 繼續閱讀 | 查看详情 | 더보기 | 자세히 보기 | 자세히 | อ่านต่อ | อ่านเพิ่มเติม
| ดูเพิ่มเติม
| baca selengkapnya | selengkapnya | baca juga selengkapnya | और पढ़ें | आगे पढ़ें
"""
_ENDS = " .:;,!?…-–—»«>›<|*•→[]()"


@lru_cache(maxsize=1)
def gates() -> frozenset[str]:
    """Return the folded titles of what stands between a reader and a page."""
    return _folded(_GATES)


@lru_cache(maxsize=1)
def section_names() -> frozenset[str]:
    """Return the folded names of sections."""
    return _folded(_SECTIONS)


@lru_cache(maxsize=1)
def contact_names() -> frozenset[str]:
    """Return the folded titles of pages that tell how to reach somebody."""
    return _folded(_CONTACTS)


@lru_cache(maxsize=1)
def more_words() -> frozenset[str]:
    """Return the folded texts of links that lead on from a teaser."""
    return _folded(_MORE)


def _folded(table: str) -> frozenset[str]:
    return frozenset(fold(" ".join(one.split())).strip(_ENDS) for one in table.split("|")) - {""}
