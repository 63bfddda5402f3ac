"""Menus, breadcrumbs, share and cookie lines, credits of pictures, copyright lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.briefing import BlockKind, TextBlock

# Each pattern is a whole line. What could be a sentence of a text is not here.
_LINES = re.compile(
    "|".join(
        (
            # Sharing and following.
            r"(?:share|tweet|print|e-?mail|save|copy link|link copied!?|compartir|imprimir|teilen|"
            r"partager|compartilhar|comments?|comentarios)(?: (?:this|on|via|by|en|por|article|story|page|"
            r"esta|este|nota|artículo|x|twitter|facebook|linkedin|whatsapp|e-?mail|link))*",
            r"(?:(?:share|tweet|print|e-?mail|facebook|twitter|x|linkedin|whatsapp|telegram|instagram|"
            r"youtube|reddit|rss|copy link|pinterest|bluesky|threads)(?:[\s|·•/,]+|$)){2,}",
            r"(?:follow|join|find|like|síguenos|síganos|suivez-nous|folgen sie uns)(?: (?:us|me))? "
            r"(?:on|en|at|sur|auf) .{2,80}",
            # Subscribing.
            r"(?:subscribe|sign up|suscríb[ae]te|suscribirse|abonnez-vous|assine)"
            r"(?: (?:now|today|here|ahora|hoy|aquí)| (?:to|for|a|al|para) .{2,100})?[.!]?",
            r"(?:get|receive) (?:our|the|more|daily|weekly|breaking) .{2,80}(?:inbox|newsletter|alerts?)[.!]?",
            r"(?:already a (?:subscriber|member)\?.{0,30}|(?:log|sign) ?in(?: to .{2,40})?|register|my account|"
            r"iniciar sesión|ingresar)",
            r"(?:view|read|open) (?:this (?:e-?mail|message) )?(?:in|online)(?: (?:your )?browser)?",
            r"(?:(?:unsubscribe|update (?:your )?preferences|manage (?:your )?(?:subscription|preferences)|"
            r"view in (?:your )?browser|forward to a friend|darse de baja|privacy policy|terms(?: of (?:use|service))?"
            r"|terms (?:and|&) conditions|contact us|about us|política de privacidad|cookies?(?: policy)?)"
            r"(?:[\s|·•/,]+|$))+",
            # Cookies.
            r"(?:accept|reject|allow|decline|aceptar|rechazar)(?: all| todas?)?(?: (?:las )?cookies)?",
            r"(?:manage|cookie|configurar)[- ](?:cookies?|preferences|settings|policy|consent)",
            r"(?:we|our (?:web)?site|this (?:web)?site|nosotros|este sitio|utilizamos|usamos|nous utilisons|"
            r"wir verwenden).{0,60}\bcookies\b.{0,300}",
            r"by (?:continuing|using|clicking|browsing).{0,80}\bcookies\b.{0,200}",
            # Moving about.
            r"(?:skip|jump) to (?:main )?(?:content|navigation)|back to (?:the )?top|volver arriba|ir al contenido",
            r"(?:main )?(?:menu|menú|navigation)|search|buscar|suche|toggle (?:menu|navigation)|close|cerrar",
            r"(?:previous|next|anterior|siguiente)(?: (?:article|post|story|page|artículo|nota))?(?:\s*[>›»←→]+)?",
            r"(?:load|show|view|see|ver) (?:more|all|más|todo)(?: .{2,30})?|continue reading|seguir leyendo",
            r"(?:read|see|watch|lee|lea|leer|ver) (?:more|also|next|también|más)\s?(?:: .{3,150}|[>›»→]+)?",
            r"(?:related|relacionado)\s?: .{3,150}",
            r"(?:home|inicio|start|accueil|startseite)(?:\s*[>›»/|→]\s*[^>›»/|→]{2,80})+",
            r"tags?\s?: .{2,120}|(?:filed|posted) (?:under|in)\s?:? .{2,80}|etiquetas\s?: .{2,120}",
            # Reading times, advertisements, listening.
            r"(?:(?:estimated )?(?:reading|read) time|tiempo de lectura|lesezeit|temps de lecture)\W*\d+.{0,20}",
            r"\d+[ -]?(?:min(?:ute)?s?|minutos?|minuten)\W*(?:read|de lectura|lesezeit|de lecture)?\.?",
            r"(?:lectura|read|reading)(?: (?:de|of|in))? \d+ min\w*\.?",
            r"advertisements?|sponsored(?: content)?|publicidad|anuncio|anzeige|publicité",
            r"listen to (?:this|the) (?:article|story).{0,40}|escuchar (?:el|este) artículo.{0,20}",
            # Pictures.
            r"(?:photo|image|picture|photograph|foto|imagen|fotografía|credit|cr[eé]ditos?|bild)"
            r"(?: (?:credit|by|de|por))?\s?[:©/] ?.{2,100}",
            r"(?:getty images|reuters|afp|ap|efe|shutterstock|istock)(?:\s?/.{2,60})?",
            # Rights.
            r"(?:©|\(c\)|copyright\b).{0,40}\b(?:19|20)\d{2}\b.{0,160}",
            r"(?:©|copyright ©).{2,160}",
            r"(?:.{0,60}[.,] )?(?:all rights reserved|todos los derechos reservados|alle rechte vorbehalten|"
            r"tous droits réservés|todos os direitos reservados)\.?",
        )
    ),
    re.I | re.S,
)

# A menu's entries. A run of short lines is a menu if half of them are such.
_ENTRIES = frozenset(
    "home news world politics business economy opinion analysis sport sports culture tech technology "
    "science health video videos podcasts podcast live about contact subscribe search menu more login "
    "magazine events newsletters newsletter research topics regions africa americas asia europe careers "
    "inicio noticias mundo política economía opinión deportes cultura tecnología contacto nosotros "
    "publications library people team services insights markets features".split()
) | {"about us", "contact us", "our team", "sign in", "log in", "middle east", "latin america"}

_SHORTEST_MENU = 3
_MOST_ENTRY_WORDS = 3
_SEPARATORS = re.compile(r"\s*[|·•/>›»]\s*|\n(?:[-*•] )?")

# Where a page's text begins or ends no later than this many blocks from the edge, menus stand.
_EDGE = 25


def without_navigation(blocks: Sequence[TextBlock]) -> tuple[TextBlock, ...]:
    """The blocks without lines of navigation, sharing, cookies, credits and rights."""
    kept = [block for block in blocks if not _is_navigation(block)]
    return _without_menus(kept)


def _is_navigation(block: TextBlock) -> bool:
    if block.kind is BlockKind.TABLE:
        return False
    text = block.text.strip().lstrip("-•* ")
    return bool(_LINES.fullmatch(text)) or _is_menu(_SEPARATORS.split(text))


def _without_menus(blocks: list[TextBlock]) -> tuple[TextBlock, ...]:
    """The blocks without menus of one entry a line at the page's top and foot."""
    kept = list(blocks)
    at = 0
    while at < len(kept):
        end = at
        while end < len(kept) and _may_be_entry(kept[end].text):
            end += 1
        at_edge = at < _EDGE or end > len(kept) - _EDGE
        if at_edge and _is_menu([block.text for block in kept[at:end]]):
            del kept[at:end]
        else:
            at = max(end, at + 1)
    return tuple(kept)


def _may_be_entry(text: str) -> bool:
    return len(text.split()) <= _MOST_ENTRY_WORDS and text[-1:] not in ".!?:"


def _is_menu(entries: Sequence[str]) -> bool:
    """Whether short texts side by side are a menu: most of them are what menus offer."""
    if len(entries) < _SHORTEST_MENU or not all(map(_may_be_entry, entries)):
        return False
    known = sum(entry.strip("-*• ").casefold() in _ENTRIES for entry in entries)
    return known * 2 >= len(entries)
