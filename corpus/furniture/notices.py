"""Legal notices: a heading such as "Disclaimer" and what lawyers wrote under it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.briefing import BlockKind, TextBlock
from corpus.furniture.prose import is_line

_HEADING = re.compile(
    r"(?:(?:important|legal|general|privacy|copyright|confidentiality) (?:legal )?"
    r"(?:notices?|notes?|information|disclaimers?|disclosures?)"
    r"|(?:legal )?disclaimers?|disclosures?|legal|terms (?:of use|and conditions)"
    r"|limitation of liability"
    r"|(?:aviso|nota|advertencia) (?:legal|importante|de confidencialidad)"
    r"|descargo de responsabilidad|exención de responsabilidad|cláusula de confidencialidad"
    r"|aviso|mentions légales|avertissement|haftungsausschluss|rechtlicher hinweis"
    r"|wichtiger hinweis"
    r"|isenção de responsabilidade)\W*",
    re.I,
)

# What notices say and reporting rarely does. A text about a lawsuit has a few of these; a
# notice has one in every line.
_TERMS = tuple(
    re.compile(rf"\b(?:{term})", re.I)
    for term in (
        r"liabilit|liable\b|responsabilidad|haftung|responsabilité",
        r"warrant(?:y|ies|s|ed)|representations?\b|garantí|garantiza|gewähr",
        r"express(?:ly)? or implied|expres[ao]s? o implícit[ao]s?",
        r"disclaim|se exime|declina|renuncia",
        r"accuracy|completeness|reasonableness|adequacy|exactitud|integridad|veracidad|richtigkeit",
        r"good faith|buena fe",
        r"undertaking|no obligation|ninguna obligación|no se obliga",
        r"inaccurac|errors or omissions|errores u omisiones",
        r"informati(?:on|onal)(?: purposes)? only|general information|only for information"
        r"|(?:fines|carácter) (?:meramente |exclusivamente |únicamente )?informativ",
        r"not (?:be construed as|constitute|intended (?:as|to))|no constituye"
        r"|no debe(?:rá)? interpretarse",
        r"(?:investment|legal|financial|tax|professional) advice|asesor(?:ía|amiento)"
        r"|recomendación de",
        r"solicitation|offer to (?:buy|sell)|oferta de (?:compra|venta)",
        r"recipient|addressee|destinatario|interested parties",
        r"confidential|privileged|confidencial",
        r"(?:reproduc|redistribut|distribut|copied|disclos)\w*.{0,60}"
        r"(?:without|prior|written|permission|consent)|reproducción total o parcial"
        r"|sin (?:la )?autorización",
        r"all rights reserved|derechos reservados|intellectual property|propiedad intelectual",
        r"officers|affiliates|subsidiaries|employees or agents|sus filiales|sus empleados",
        r"past performance|rentabilidades pasadas|forward-looking",
        r"third part(?:y|ies)|terceros",
        r"(?:to )?update (?:this|the|any)|actualizar (?:est[ea]|la)",
        r"delete (?:it|this|the)|notify the sender|elimínelo|notifique al remitente",
        r"reliance|rely on|loss(?:es)? or damages?|daños o perjuicios|daños y perjuicios",
        r"jurisdiction|applicable law|to the (?:fullest|maximum) extent|ley aplicable",
    )
)

# A notice speaks of the paper it stands on. News of a court case does not.
_ITSELF = re.compile(
    r"\b(?:this (?:article|document|report|publication|e-?mail|message|briefing|newsletter"
    r"|material"
    r"|website|site|presentation|note|communication|transmission)"
    r"|(?:herein|hereof|hereto)\b"
    r"|(?:est[ea]|el presente|la presente) (?:artículo|documento|informe|publicación|correo"
    r"|mensaje|boletín"
    r"|material|sitio|nota|comunicación)|dies(?:e|er|es) (?:artikel|dokument|bericht|e-?mail"
    r"|publikation))",
    re.I,
)

# Different terms a paragraph needs under a heading that says what it is; without one; and the
# words there may be to each term, so that a long report with a few of them is none.
TERMS_UNDER_HEADING = 2
TERMS_ALONE = 4
WORDS_A_TERM = 25


def without_notices(blocks: Sequence[TextBlock]) -> tuple[TextBlock, ...]:
    """The blocks without legal notices, headed or not."""
    kept: list[TextBlock] = []
    under_heading = False
    for block in blocks:
        if under_heading and _is_legal(block, TERMS_UNDER_HEADING):
            if kept and _is_heading(kept[-1]):
                kept.pop()
            continue
        under_heading = _is_heading(block)
        if _is_legal(block, TERMS_ALONE) and _ITSELF.search(block.text):
            continue
        inline = _inline_heading(block.text)
        if inline and _is_legal(TextBlock(inline), TERMS_UNDER_HEADING):
            under_heading = True
            continue
        kept.append(block)
    return tuple(kept)


def _is_heading(block: TextBlock) -> bool:
    return is_line(block) and bool(_HEADING.fullmatch(block.text.strip()))


def _inline_heading(text: str) -> str:
    """What follows "Disclaimer:" at a paragraph's start, or ""."""
    match = _HEADING.match(text)
    if match and match[0].rstrip()[-1:] in ":.–—-":
        return text[match.end() :]
    return ""


def _is_legal(block: TextBlock, needed: int) -> bool:
    if block.kind is BlockKind.TABLE:
        return False
    terms = sum(bool(term.search(block.text)) for term in _TERMS)
    return terms >= needed and len(block.text.split()) <= WORDS_A_TERM * terms
