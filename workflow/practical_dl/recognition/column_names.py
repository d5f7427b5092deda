"""What people call the columns of their tables, by what these hold."""

import re
from collections.abc import Sequence

NAMES = {
    "picture": """image imageid img imgid imagename imgname filename file filepath imagepath
        imgpath path picture photo pictureid photoid fname imagefile imagefilename imageurl name id
        bild dateiname datei foto fichier archivo imagen 图片 文件名 ファイル名""",
    "label": """label labels class classname classes classid target category categoryid sentiment
        polarity verdict breed species diagnosis dx y tag labelid labelname emotion intent topic
        spam klasse kategorie etikett stimmung classe categorie étiquette etiqueta categoría
        categoria clase sentimiento sentimento метка класс тональность
        标签 类别 情感 ラベル クラス""",
    "text": """text review reviewtext reviewbody comment comments commenttext content body sentence
        message tweet document texts phrase utterance feedback headline description
        kommentar kommentare nachricht bewertungstext rezension texte commentaire avis phrase
        texto comentario comentário reseña opinion mensaje mensagem testo recensione
        отзыв текст комментарий сообщение 评论 内容 文本 本文 レビュー""",
    "group": """patient patientid subject subjectid person personid driver driverid individual
        individualid animal animalid boat boatid vessel video videoid sequence sequenceid session
        sessionid site siteid location locationid camera cameraid speaker case caseid study studyid
        slide slideid lesion lesionid plot plotid field farm product productid film movie movieid
        asin item itemid business businessid author authorid user userid group groupid cluster scene
        patientin patientenid fahrer proband gruppe sujet groupe paciente grupo пациент 患者""",
    "split": """split fold kfold folds part set subset partition datasplit datasettype dataset
        phase isvalid isval istest istrain usage teil partie parte""",
    "user": """user userid username users reviewerid reviewer customer customerid account accountid
        uid member memberid reader readerid client clientid usr usrid profile profileid
        benutzer nutzer nutzerid kunde kundennummer kundenid utilisateur usuario cliente utente
        пользователь 用户 用户id ユーザー""",
    "item": """item itemid movie movieid film filmid book bookid isbn asin parentasin product
        productid artist artistid song songid track trackid game gameid recipe recipeid restaurant
        restaurantid business businessid anime animeid joke jokeid beer beerid place placeid
        title titel artikel artikelnummer produkt buch article produit livre producto libro película
        pelicula prodotto фильм книга товар 商品 电影 电影id 映画 iid""",
    "rating": """rating ratings score stars starrating overall bookrating userrating rate
        reviewscore reviewoverall myrating rated bewertung note sterne wertung nota puntuación
        puntuacion calificación valoracion voto avaliação оценка 评分 評価""",
    "amount": """quantity qty count counts amount number units times plays playcount views clicks
        price total sum menge anzahl betrag preis stück quantité cantidad quantidade""",
    "time": """timestamp time date datetime unixreviewtime reviewtime when created createdat ratedat
        reviewdate reviewtimestamp tstamp ts datum zeit zeitstempel horodatage fecha hora data
        дата время 时间 日期""",
    "title": """title booktitle movietitle name itemname productname movie film titel nom titre
        nombre título titulo titolo название 标题 名称""",
    "year": """year yearofpublication releaseyear publicationyear published released jahr
        erscheinungsjahr année ano año anno год 年份""",
    "genres": """genres genre category categories tags kategorie catégorie géneros género genere
        жанр жанры 类型""",
}
"""Without blanks and marks, in lower case; of several in one table, the first is taken."""

_LISTS = {purpose: names.split() for purpose, names in NAMES.items()}


def form(name: str) -> str:
    """A name without what people write differently: Book-Rating and book_rating."""
    return "".join(character for character in name.casefold() if character.isalnum())


def column_for(purpose: str, columns: Sequence[str]) -> str | None:
    """The column that is called so, or whose last or first word is (patient_number, movie text)."""
    forms = {form(column): column for column in reversed(columns)}
    known = _LISTS[purpose]
    whole = next((forms[name] for name in known if name in forms), None)
    if whole is not None:
        return whole
    telling = {name for name in known if len(name) > 3}
    for column in columns:
        words = [form(word) for word in re.findall(r"[^\W_]+", _parted(column))]
        if len(words) > 1 and ({words[0], words[-1]} & telling):
            return column
    return None


def is_called(purpose: str, column: str) -> bool:
    return form(column) in _LISTS[purpose]


def _parted(name: str) -> str:
    """ "imageFile" as "image File"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
