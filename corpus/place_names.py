"""Small tables of names that the country data lacks, or has otherwise than briefings write them.

Countries are meant by their ISO 3166 code. Everything else about them comes from countryinfo.
"""

from __future__ import annotations

# Dependent territories: known by name only. Their capitals (Hamilton, Kingston, Stanley) and
# demonyms ("French" for Réunion, "American" for the Marianas) would claim other mentions.
TERRITORIES = {
    "AI", "AQ", "AS", "AW", "AX", "BL", "BM", "BQ", "BV", "CC", "CK", "CW", "CX", "FK",
    "FO", "GF", "GG", "GI", "GP", "GS", "GU", "HM", "IM", "IO", "JE", "KY", "MF", "MO",
    "MP", "MQ", "MS", "NC", "NF", "NU", "PF", "PM", "PN", "RE", "SH", "SJ", "SX", "TC",
    "TF", "TK", "UM", "VG", "VI", "WF", "YT",
}  # fmt: skip

# Entries that are not states of today; parts of the United Kingdom are in `EXTRA_NAMES`.
LEFT_OUT = {
    "Antilles néerlandaises",
    "Serbia and Montenegro",
    "Burma",
    "Scotland",
    "Wales",
    "Northern Ireland",
}  # fmt: skip

# The data's names where briefings of today write another.
SHORT_NAMES = {
    "BS": "Bahamas",
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "FM": "Micronesia",
    "GM": "Gambia",
    "MK": "North Macedonia",
    "PS": "Palestine",
    "SZ": "Eswatini",
    "VA": "Vatican City",
    "VG": "British Virgin Islands",
    "VI": "United States Virgin Islands",
    "XK": "Kosovo",
}

EUROPEAN_UNION = "EU"
UNION_NAME = "European Union"

# Further names, by code. A name without small letters (US, UK) is met in capitals only.
EXTRA_NAMES = {
    "AE": ("UAE", "Emirates"),
    "BA": ("Bosnia",),
    "CD": ("DR Congo", "DRC", "Congo-Kinshasa"),
    "CG": ("Congo-Brazzaville", "Congo Republic"),
    "CI": ("Côte d'Ivoire", "Cote d'Ivoire"),
    "CN": ("PRC", "Mainland China"),
    "CV": ("Cabo Verde",),
    "CZ": ("Czechia",),
    "EU": ("European Union", "EU"),
    "GB": (
        "UK",
        "U.K.",
        "Britain",
        "Great Britain",
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
    ),
    "HK": ("Hong Kong",),
    "KP": ("DPRK",),
    "KR": ("ROK",),
    "MK": ("Macedonia", "North Macedonia"),
    "MM": ("Burma",),
    "NL": ("Holland", "the Netherlands"),
    "PS": ("Palestine", "Gaza", "Gaza Strip", "West Bank", "Palestinian Territories"),
    "RU": ("Russian Federation",),
    "SA": ("KSA",),
    "SZ": ("Swaziland",),
    "TL": ("Timor-Leste",),
    "TR": ("Türkiye", "Turkiye"),
    "US": ("US", "U.S.", "USA", "U.S.A.", "America", "EE.UU.", "EE. UU.", "EEUU", "Estados Unidos"),
    "VA": ("Holy See", "the Vatican", "Vatican"),
    "VN": ("Viet Nam",),
    "XK": ("Kosovo",),
}

# Words that two countries have alike. They count where the text names one of the two otherwise.
SHARED_NAMES = {"Congo": ("CG", "CD"), "Korea": ("KR", "KP")}

EXTRA_DEMONYMS = {
    "AR": ("Argentine", "Argentinian"),
    "AZ": ("Azeri",),
    "BA": ("Bosnian",),
    "BD": ("Bangladeshi",),
    "BF": ("Burkinabé",),
    "BW": ("Botswanan",),
    "CV": ("Cape Verdean",),
    "DK": ("Dane",),
    "EC": ("Ecuadorian",),
    "FI": ("Finn",),
    "GB": ("Briton", "Scottish", "Welsh", "Northern Irish"),
    "IS": ("Icelandic",),
    "KG": ("Kyrgyz",),
    "KM": ("Comorian",),
    "KZ": ("Kazakh",),
    "KP": ("Korean",),
    "KR": ("Korean",),
    "LA": ("Lao",),
    "LS": ("Basotho",),
    "MG": ("Madagascan",),
    "MV": ("Maldivian",),
    "NP": ("Nepali",),
    "PH": ("Philippine", "Filipina"),
    "PL": ("Pole",),
    "SA": ("Saudi",),
    "SE": ("Swede",),
    "SI": ("Slovenian",),
    "SK": ("Slovakian",),
    "SR": ("Surinamese",),
    "SV": ("Salvadorean", "Salvadorian"),
    "TJ": ("Tajik",),
    "TR": ("Turk",),
    "TT": ("Tobagonian",),
    "UZ": ("Uzbek",),
    "XK": ("Kosovar", "Kosovan"),
}

# Capitals written otherwise than in the data, seats of government, and the usual stand-ins.
EXTRA_CAPITALS = {
    "BO": ("La Paz",),
    "CI": ("Abidjan",),
    "EU": ("Brussels",),
    "KZ": ("Astana",),
    "LK": ("Sri Jayawardenepura Kotte",),
    "NL": ("The Hague",),
    "TZ": ("Dar es Salaam",),
    "UA": ("Kiev",),
    "US": ("Washington", "Washington, D.C.", "Washington DC", "Washington, DC"),
    "XK": ("Pristina",),
    "ZA": ("Cape Town",),
}

GOVERNMENTS = {
    "AR": ("Casa Rosada",),
    "BR": ("Planalto", "Itamaraty"),
    "CL": ("La Moneda",),
    "CN": ("Zhongnanhai",),
    "CO": ("Casa de Nariño",),
    "DE": ("Bundestag", "Bundesrat"),
    "EU": ("European Commission", "European Parliament", "European Council"),
    "FR": ("Élysée", "Quai d'Orsay"),
    "GB": ("Downing Street", "Whitehall", "Westminster"),
    "IL": ("Knesset",),
    "IT": ("Quirinal", "Palazzo Chigi"),
    "MX": ("Palacio Nacional", "Los Pinos"),
    "PE": ("Torre Tagle",),
    "RU": ("Kremlin", "Duma"),
    "US": ("White House", "Pentagon", "Capitol Hill", "US State Department"),
    "VE": ("Miraflores Palace", "Palacio de Miraflores"),
}

# Phrases with a country's name in them that do not mean the country.
NOT_PLACES = (
    "American Airlines", "American Express", "American Indian", "Americas", "Bank of America",
    "Brazil nut", "Brazil nuts", "Brussels sprouts", "Central America", "Central American",
    "Chinese whispers", "Copa América", "Copa America", "Danish pastry", "Dutch auction",
    "East China Sea", "French fries", "French windows", "Guinea fowl", "Guinea pig", "Guinea pigs",
    "Gulf of Guinea", "Gulf of Mexico", "Gulf of Oman", "Indian Ocean", "Inter-American",
    "Korean Peninsula", "Latin America", "Latin American", "Latin Americans", "Latin-American",
    "Mexican wave", "Native American", "Native Americans", "New England", "New Guinea",
    "New Mexico", "New South Wales", "Niger Delta", "Niger River", "River Niger", "North America",
    "North American", "Organisation of American States", "Organization of American States",
    "Pan American", "Pan-American", "Panama hat", "Paris Agreement", "Paris Club", "Paris accord",
    "Rome Statute", "Sea of Japan", "South America", "South American", "South Americans",
    "South China Morning Post", "South China Sea", "Swiss cheese", "Turkey breast",
    "Turkey sandwich", "Turkish delight", "Treaty of Rome", "Vienna Convention",
    "Washington Consensus", "Washington Post", "Washington State", "West Indian", "West Indies",
)  # fmt: skip

# Names that are people's too. Next to another capitalised word they are taken for a person's.
PERSONAL = {
    "Chad", "Jordan", "Georgia", "Israel", "Santiago", "Sofia", "Paris", "London",
    "Victoria", "Lima", "Kingston", "Ireland", "Holland", "Cuba", "France", "Vienna",
    "Washington", "England", "Wales", "Kenya", "Malta", "Asunción", "Sucre", "Dominica",
    "Lincoln", "Nassau", "Roseau", "Bern", "Riga",
}  # fmt: skip

# Capitals whose name is a common word or another place's too: they count only in a text that
# also names the country otherwise.
CORROBORATED = {
    "Victoria", "Georgetown", "Kingston", "San José", "Malé", "Sucre", "Nassau", "Praia",
    "Freetown", "Bridgetown", "Roseau", "Castries", "Tripoli", "Saint John's", "St. George's",
    "Basseterre", "Cape Town", "Westminster", "Miraflores", "Valletta", "Bern", "Abidjan",
}  # fmt: skip

# What tells Georgia in the United States from Georgia in the Caucasus.
AMERICAN_GEORGIA = (
    "state of Georgia", "Atlanta", "Savannah", "Augusta", "Macon", "Athens, Georgia",
    "Georgia Senate", "Alabama", "Tennessee", "Florida", "Carolina", "Kemp",
    "Warnock", "Ossoff", "Georgia Bulldogs",
)  # fmt: skip

# Capitalised words that stand before a country without making it a surname.
NOT_FIRST_NAMES = {
    "The", "In", "From", "To", "Of", "And", "But", "For", "With", "While", "When", "As",
    "At", "By", "On", "Since", "After", "Before", "Under", "Over", "If", "President",
    "Minister", "Ambassador", "Senator", "Government", "Embassy", "Kingdom", "Republic",
    "King", "Queen", "Prime", "North", "South", "East", "West", "Northern", "Southern",
    "Eastern", "Western", "Central", "Greater", "Both", "Between", "Neither", "Nor", "Yet",
    "So", "Then", "Now", "Meanwhile", "Against", "Across", "Inside", "Outside", "Through",
    "Like", "Unlike", "Via", "Where", "Whether", "Because", "Although", "Though", "Until",
    "Without", "Within", "Around", "Near", "Neighbouring", "Neighboring", "Visiting",
    "Leaving", "Toward", "Towards", "Into", "Is", "Are", "Was", "Were", "Has", "Have",
    "Can", "Will", "Would", "Should", "Does", "Did", "What", "Who", "Why", "How", "Which",
    "That", "This", "These", "Those", "Its", "Their", "Our", "Only", "Even", "Also", "Not",
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January",
    "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December", "En", "De", "Del", "El", "La", "Y", "Con", "Por", "Para",
}  # fmt: skip

# Capitalised words that stand after a country without being a surname.
NOT_SURNAMES = {
    "And", "Or", "The", "In", "On", "To", "For", "With", "Is", "Was", "Has", "Will",
    "Would", "Can", "Said", "Says", "Government", "Parliament", "President", "Minister",
    "Embassy", "Ministry", "Congress", "Senate", "Office", "Bank", "Valley", "River",
    "City", "Republic", "Times", "Stock", "Exchange", "Chamber", "University", "Airport",
    "Port", "Metropolitan", "Region", "Summit", "Declaration", "Conference", "Group",
    "Police", "Court", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    "Sunday", "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
}  # fmt: skip
