"""Lines that web pages and newsletters put around a text, as whole-line patterns by purpose.

Each pattern must fit a line from end to end. What could be a sentence of a text is not here,
or must not end in a full stop: "Read more: ..." is a link, "Posted in Lima, she ..." is prose.
"""

from __future__ import annotations

import re

_NETWORKS = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|telegram|instagram|youtube|reddit|rss|pinterest"
    r"|bluesky|threads|mastodon|e-?mail|print|share|tweet|copy link)"
)
_GAP = r"(?:[\s|·•/,]+|$)"
_NO_STOP = r"(?<!\.)"
_YEAR = r"(?:19|20)\d\d"

SHARING = (
    r"(?:share|tweet|print|e-?mail|save|compartir|imprimir|teilen|partager|compartilhar)"
    rf"(?: (?:this|on|via|by|en|por|article|story|page|esta|este|nota|artículo|link|{_NETWORKS}))*",
    r"copy link|link copied!?|leave a comment|\d+ comments?|\d+ comentarios?|comments? \(\d+\)",
    rf"(?:{_NETWORKS}{_GAP}){{2,}}",
    r"(?:follow|join|find|like) (?:us|me) (?:on|at) .{2,80}",
    r"(?:síguenos|síganos|suivez-nous|folgen sie uns) (?:en|sur|auf) .{2,80}",
)

SUBSCRIBING = (
    r"(?:subscribe|sign up)(?: (?:now|today|here)| (?:to|for) [^.!?]{2,100})?[.!]?",
    r"(?:suscríb[ae](?:te|se)|suscribirse|abonnez-vous|assine)"
    r"(?: (?:ahora|hoy|aquí)| (?:a|al|para|à|o) [^.!?]{2,100})?[.!]?",
    r"(?:get|receive) (?:our|the|more|daily|weekly|breaking) [^.!?]{2,80}(?:inbox|newsletter)[.!]?",
    r"already a (?:subscriber|member)\?.{0,30}",
    r"(?:log|sign) ?in(?: to .{2,40})?|register|my account|iniciar sesión|ingresar",
    r"(?:view|read|open) (?:this (?:e-?mail|message) )?(?:in|online)(?: (?:your )?browser)?",
    rf"(?:(?:unsubscribe|(?:update|manage) (?:your )?(?:subscription|preferences)"
    r"|view in (?:your )?browser|forward to a friend|darse de baja|privacy policy"
    r"|terms(?: of (?:use|service)| (?:and|&) conditions)?|contact us|about us"
    rf"|política de privacidad|cookies?(?: policy)?){_GAP})+",
    r"(?:you(?:['’]re| are) receiving|you (?:have )?received) this .{0,30}"
    r"\b(?:because|as)\b.{2,120}",
    r"recibes? (?:este|esta) .{0,30}\bporque\b.{2,120}",
)

# What a page says of cookies and baking does not.
_COOKIE_TALK = (
    r"(?=.*\b(?:site|website|browser|browsing|consent|accept|agree|experience|traffic|analytics"
    r"|preferences|policy|sitio|navegación|aceptar?|experiencia|política|expérience|webseite)\b)"
)

COOKIES = (
    r"(?:accept|reject|allow|decline|aceptar|rechazar)(?: all| todas?)?(?: (?:las )?cookies)?",
    r"(?:manage|cookie|configurar)[- ](?:cookies?|preferences|settings|policy|consent)",
    rf"{_COOKIE_TALK}(?:we|(?:our|this) (?:web)?site|este sitio|utilizamos|usamos|nous utilisons"
    r"|wir verwenden).{0,40}\bcookies\b.{0,300}",
    r"by (?:continuing|using|clicking|browsing).{0,80}\bcookies\b.{0,200}",
)

MOVING = (
    r"(?:skip|jump) to (?:main )?(?:content|navigation)|ir al contenido",
    r"back to (?:the )?top|volver arriba|continue reading|seguir leyendo",
    r"(?:main )?(?:menu|menú|navigation)|toggle (?:menu|navigation)|close|cerrar",
    r"search|buscar|suche|table of contents",
    r"(?:previous|next|anterior|siguiente)(?: (?:article|post|story|page|artículo|nota))?"
    r"(?:\s*[>›»←→]+)?",
    r"(?:load|show|view|see|ver) (?:more|all|más|todo)(?: [^.]{2,30})?",
    r"(?:read|see|watch|lee|lea|leer|ver) (?:more|also|next|también|más)\s?[>›»→]*",
    rf"(?:read|see|watch|lee|lea|leer|ver) (?:more|also|next|también|más)\s?: .{{3,150}}{_NO_STOP}",
    rf"(?:related|relacionado)\s?: .{{3,150}}{_NO_STOP}",
    r"(?:home|inicio|start|accueil|startseite)(?:\s*[>›»/|→]\s*[^>›»/|→]{2,80})+",
    r"(?:tags?|etiquetas)\s?: .{2,120}",
    rf"(?:filed|posted) (?:under|in)\s?:? .{{2,80}}{_NO_STOP}",
)

READING = (
    r"(?:(?:estimated )?(?:reading|read) time|tiempo de lectura|lesezeit|temps de lecture)"
    r"\W*\d+.{0,20}",
    r"\d+[ -]?(?:min(?:ute)?s?|minutos?|minuten)\W*(?:read|de lectura|lesezeit|de lecture)?\.?",
    r"(?:lectura|read|reading)(?: (?:de|of|in))? \d+ min\w*\.?",
    r"advertisements?|sponsored(?: content)?|publicidad|anuncio|anzeige|publicité",
    r"listen to (?:this|the) (?:article|story).{0,40}|escuchar (?:el|este) artículo.{0,20}",
)

CREDITS = (
    r"(?:photo|image|picture|photograph|foto|imagen|fotografía|bild)"
    rf"(?: (?:credit|by|de|por))?\s?[:©/] ?.{{2,100}}{_NO_STOP}",
    r"(?:getty images|reuters|afp|ap|efe|shutterstock|istock)(?:\s?/.{2,60})?",
    r"\((?:additional )?(?:reporting|writing|editing) (?:by|in) .{2,200}\)",
)

RIGHTS = (
    r"(?:copyright\s*)?©.{2,160}|copyright\s*\(c\).{2,160}",
    rf"\(c\)\s*{_YEAR}.{{0,100}}",
    rf"copyright,? (?:by )?{_YEAR}.{{0,100}}",
    r"(?:.{0,60}[.,] )?(?:all rights reserved|todos los derechos reservados"
    r"|alle rechte vorbehalten|tous droits réservés|todos os direitos reservados)\.?",
)

_ANY = re.compile(
    "|".join(
        f"(?:{line})"
        for line in SHARING + SUBSCRIBING + COOKIES + MOVING + READING + CREDITS + RIGHTS
    ),
    re.I | re.S,
)


def is_page_line(text: str) -> bool:
    """Whether a line is one that pages put around their text."""
    return bool(_ANY.fullmatch(text.strip()))
