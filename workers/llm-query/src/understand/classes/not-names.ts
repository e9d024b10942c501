/**
 * Words that stand where a guest's name could stand and are none: qualities, trades, things, channels. A name found
 * among them is not taken as one; the question goes to search instead. Folded; extend when a thing is taken for a guest.
 */
export const notNames: ReadonlySet<string> = new Set(
  [
    'early|late|later|earlier|first|second|third|latest|earliest|last|self|online|new|old|big|small|short|long|daily|weekly|monthly|direct|group|double|extra|missing|pending|open|paid|unpaid|free|vip|special|important|other|another|same|only|most|next',
    'start|starts|begin|begins|open|opens|end|ends|close|closes|announced|registered|listed|mentioned|belong|include|includes|travelling|traveling|flying|driving|walking|asking|calling|looking|waiting|wanting|having|getting|being|going|doing|moving|sharing|eating|parking|smoking|cooking',
    'the|a|and|for|from|to|at|up|down|off|out|please|pls|you|can|could|would|what|whats|how|any|default|standard|usual|normal|regular|chance|expected|main|current|quick|just|really|quite|exactly|each|every|all',
    'normally|generally|typically|once|twice|not|no|nobody|none|never|nothing|without|except|yet|already|still|again|ever|often|usually|too|very|much|more|less|than|if|why|because|how|whose|whom|while|after|before|until|since|around|about|between|near|towards|through|again|by|as|but|until|per|this|these|those|here|there|where|what|when|which',
    'cleaner|cleaners|cleaning|housekeeper|housekeeping|plumber|electrician|handyman|technician|gardener|painter|driver|courier|delivery|laundry|linen|linens|towels|staff|team|owner|owners|manager|host|hosts|cohost|agent|agency|maintenance|inspector|inspection|contractor|supplier|police|neighbour|neighbours|neighbor|neighbors|landlord|engineer|locksmith|receptionist|colleague|boss',
    'luggage|baggage|breakfast|dinner|lunch|key|keys|car|cars|bus|taxi|train|flight|plane|package|packages|parcel|parcels|mail|post|invoice|payment|payments|deposit|refund|tax|fee|price|rate|money|bed|beds|cot|crib|sofa|kitchen|bath|bathroom|shower|toilet|heating|heater|boiler|water|power|electricity|gas|light|lights|lamp|tv|door|window|balcony|pool|sauna|gym|lift|elevator|stairs|fridge|oven|dishwasher|washer|dryer|machine|noise|smell|leak|problem|problems|complaint|complaints|damage|review|reviews|rating|request|requests|question|questions|note|notes|comment|comments|change|changes',
    'mit|ohne|avec|sans|con|sin|com|sem|fur|pour|para|por|und|oder|families|parties|that|which|whose|were|been|being|get|gets|got|there|than|then|into|onto|via|also|even|when|who|anyone|headcount',
    'today|tomorrow|tonight|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|week|weeks|month|months|year|years|days|nights|heute|morgen|gestern|demain|hier|manana|ayer|hoje|amanha|ontem',
    'zero|one|two|three|four|five|six|seven|eight|nine|ten|dozen|half|couple|both|few|several|many|some|wat|bar|everybody',
    'dog|dogs|cat|cats|pet|pets|baby|babies|child|children|kid|kids|adult|adults|infant|infants|man|woman|men|women|lady|gentleman|friend|friends|tourist|tourists|group|groups|company|companies|business',
    'airbnb|vrbo|expedia|bookingcom|guesty|aircall|agoda|tripadvisor|website|web|internet|app|weather|sun|rain|snow|time|date|dates|day|night|minute|minutes|hour|hours|noon|midnight|morning|afternoon|evening|am|pm|oclock|everything|something|anything|thing|things|stuff|lot|work|job|shift|meeting|event|party|birthday|anniversary|wedding|holiday|holidays|season|summer|winter|spring|autumn|rest|total|average|percent|report|reports|list|occupancy|revenue|income|cancellation|cancellations|discount|insurance|contract|address|name|email|phone',
    'ok|okay|possible|allowed|fine|good|bad|sure|true|late|soon|asap|alone|together|arrivals|departures|checkin|checkout|system|world|us|me|you|him|her|them|it|he|she|they|we|i|my|your|our|their|his|its|im|dont|doesnt|isnt|arent|didnt|hasnt|havent|wont|cant|cannot|couldnt|shouldnt|wouldnt|wasnt|werent|say|said|says|tell|told|ask|asked|asks|write|wrote|pay|pays|paying|bring|brings|bringing|use|used|using|make|makes|made|work|works|working|help|go|goes|went|gone|take|takes|took|put|find|found|buy|sell|send|sent|smoke|smoking|eat|drink|speak|speaks|speaking',
    'bezahlt|bezahlen|paye|payee|payer|pagado|pagada|pagar|tengo|estoy|tenho|estou|je|suis|bin|habe|putzfrau|putzteam|putzkraft|handwerker|klempner|elektriker|techniker|monteur|hausmeister|lieferung|paket|pakete|wasche|waesche|strom|wasser|heizung|aufzug|schlussel|schluessel|mull|fruhstuck|fruehstueck|gepack|handtucher|rechnung|geld|kaution|ersatz|nachbarn|chef|larm|schaden',
    'plombier|electricien|technicien|concierge|livraison|livreur|colis|linge|draps|serviettes|chauffage|eau|electricite|courant|ascenseur|cle|cles|petit|dejeuner|bagages|facture|caution|bruit|voisin|voisins|dommage|femme',
    'fontanero|electricista|tecnico|conserje|limpiadora|paquete|ropa|sabanas|toallas|calefaccion|calefaccao|agua|luz|ascensor|llave|llaves|desayuno|equipaje|factura|fianza|ruido|vecino|vecinos|canalizador|encanador|eletricista|porteiro|encomenda|roupa|lencois|toalhas|aquecimento|elevador|chave|chaves|cafe|almoco|bagagem|fatura|caucao|barulho|vizinho|vizinhos',
  ].flatMap(words => words.split('|')),
);

/** Articles and the like before a word that make it a thing: "the plumber". */
export const articles: ReadonlySet<string> = new Set(
  'the|a|an|any|some|our|my|der|die|das|le|les|el|los|las'.split('|'),
);
