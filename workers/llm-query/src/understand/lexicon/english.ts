import { englishDates } from '../dates/words/english.ts';
import type { LanguageWords } from './lexicon.ts';

export const english: LanguageWords = {
  tags: [
    [
      'filler',
      'the|a|an|some|ok|okay|so|well|just|exactly|actually|quickly|be|that|innkeeper|btw|also please|fyi|asap|too|as well|at all|for me|from us|to us|with us|we|us|our|my|weve|youve|maybe|perhaps|probably|roughly|need|[many] (thanks|thank you|thx|ty|cheers) [a lot|so much|in advance]|great|perfect|cool|excellent|alright|please|pls|plz|plss|kindly|(hi|hey|hello|hiya|morning|good (morning|afternoon|evening)) [there|team|all|guys|folks|everyone|everybody]|guys|folks here|(show|give|tell|send|get|fetch|list|see|gimme|bring|print|read|pull) [me|us|out|up]|remind me|let me (know|see)|lemme (know|see)|lmk|gimme|(can|could|would|will) (you|u) [please|pls|kindly]|(can|could|would) (someone|anyone|somebody|anybody) [please] (tell|show|give|send|check|list) [me|us]|can i (see|get|have)|can (i|we) please (see|get|have)|(does|do) (anyone|anybody|someone|you|u|we) know [if|whether]|do you have [any idea]|any idea [if|whether]|any chance [that|of]|[please|just|quickly] (check|checking) [if|whether|that|for me]|double check [if|whether]|just (wondering|curious|asking|checking|wanted to (know|check|ask)) [if|whether]|[i was] wondering [if|whether]|id be interested in|(i|we|id|wed|i would|we would|i d|we d) (want|wanna|need|like|love|want to|wanna|need to|have to|like to|love to) [know|see|have|check|find out|get] [if|whether]|(wanna|need to|want to|have to) know [if|whether]|i (want|need)|(is|are|am|was) going to|going to|gonna|supposed to|due to|(expected|scheduled|planned|set|meant) to|ready to|(quick|short|small|another|one more) (question|q|one)|question|a quick one|heads up on|sorry to (bother|disturb) [you]|would you mind (telling|showing|checking) [me]|(could you) check for me [if|whether]|i have a (guest|caller) on the phone|(tell|remind) (me|us) about|out of all|is that [in total]|(are|is) that|that (are|is)|in (total|all)|altogether|in general|there (is|are|will be)|else|are we looking at|[a|the|some] (guest|customer|caller|someone|somebody|couple|lady|gentleman|man|woman|walk in) (wants|needs|is asking for|asks for|is looking for|looking for|would like)|walk in|walk ins|at (the desk|reception|the front desk)|[i|ive] [just|have just] (started|starting|began|beginning) [my|the] shift',
    ],
    ['aux', 'is|are|am|do|does|did|will|has|have|had|would|been|being|got|ill|id'],
    ['was', 'was|were'],
    ['can', 'can|may|should|must|could|[do|does] [still] (have|has|need|needs|got|ought) to'],
    ['expected', '[can|do|should] we expect|expected|expect|expects|due|scheduled|planned|expecting'],
    [
      'prep',
      'at|of|for|on|from|to|into|out of|over|during|near|near to|close to|per|towards|[in|under|by] [the] name of|under [the] [name] [of]',
    ],
    ['in', 'in|inside'],
    ['and', 'and|or|&|+|plus'],
    [
      'with',
      'with|bringing|brings|bring|include|includes|included|(travelling|traveling|travels|travel) with|(part|members) of|(belong|belongs) to|accompanying|accompany|accompanies',
    ],
    [
      'fragment',
      'what about|how about|and what about|and how about|and for|[the] same [question|thing|list] [for]|also|then|[and] now (for|in)',
    ],
    [
      'who',
      '[from|with|by|to|for] whom|any1|ne1|some1|every1|who|whos|wholl|whod|whove|who all|anyone|anybody|someone|somebody|everyone|everybody|whoever|whose|any of (them|our guests|the guests)',
    ],
    [
      'which',
      'which|wich|what|whats|wat|wats|whts|any|all|both|every|each|anything|everything|something|whichever|[the] (list|names|name) [of] [all]|list all|which ones|which of our|which one|who exactly|(do|have|had|did|will|can) (we|i|you) [still|already] (have|got|get|receive|received|had) [any|some|anything|something]|do weve got|have (we|you|i) got [any|some|something]|got any|(is|are|was|were) there [still|already|going to be] [any|some|anything|something]|(have|has) there been [any]|(will|are) there (be|going to be) [any]',
    ],
    ['how', 'how (does|do|is|are|will|did)|hows|how'],
    [
      'guest',
      'guest|guests|people|ppl|persons|person|visitors|visitor|pax|customers|travellers|travelers|travellers|folks|heads|souls|adults',
    ],
    [
      'homes',
      '(home|homes|apartment|apartments|apt|apts|appartment|appartments|flat|flats|unit|units|place|places|property|properties|listing|listings|house|houses|accommodation|accommodations|room|rooms) [with]',
    ],
    [
      'count',
      'how many|how much|howmany|hw many|how mny|[whats] [the] [total] (number of|count [of]|nr of)|total|in total how many',
    ],
    [
      'time',
      '[at|by|from|until|till|around|about] (what|which) (time|times|hour)|when|whens|(by|from|since) when|what time roughly|(what|which) (day|date)|on (what|which) (day|date)|[with|and] [the|their] (time|times)|(sorted|ordered) by time|[the] [very] first (one|guest|person|to|guest to|person to|one to)|by time|in order of time|(earliest|latest) [possible]|default|standard|usual|normal|regular|official',
    ],
    ['how_long', '[for] how long|[for] how many (nights|days)|[the] length of [the] [stay]|duration of [the] [stay]'],
    ['where', 'where|wheres|whereabouts|where (can|do|could) (i|we|guests|people|they) find'],
    [
      'arrive',
      '(check|checks|checking|chek|chekc|checkn|chk|chking) (in|into)|checkin|checkingin|chkin|chckin|chckin in|checkin (in|into)|(come|comes|coming|comin) [in|into|here|over|to us]|(move|moves|moving|pop|pops|roll|rolls|rolling) (in|into)|(show|shows|showing|turn|turns|turning) up|go into|(get|gets|getting) (in|into|here|there|to|to us)|arrive|arrives|arriving|arrivin|(arriving|arrive|arrives) (here|at ours)|due in|land|lands|landing|joining us|make it|let|lets|reach us|on their way|getting guests|receiving guests|(have|having|getting) (someone|somebody) (arriving|checking in)',
    ],
    [
      'arrived',
      'arrived|(checked|came|moved|got|come|gotten|rolled|let) (in|here|into)|came|(turned|showed|shown) up|made it [in|here]|landed',
    ],
    [
      'arrival',
      '[new|expected|guest|todays new|planned|first] (arrival|arrivals|arrivls|check ins|checkins|chek ins|chekc ins|chkins|chk ins|chckins|incomings|move ins) [list|situation|sheet|board|schedule|plan|overview]|first (check in|checkin)|incoming [guests|bookings]|(arriving|new|expected) guests|(check in|checkin|arrival) (list|sheet|schedule|situation)|list of (arrivals|check ins|checkins)',
    ],
    [
      'arrival_time',
      '[with|and] [the|their] ((arrival|check in|checkin) (time|times|hour|hours)|(check in|checkin) (start|starts|begin|begins|open|opens)|eta|etas|time of arrival|arrival date|check in date)',
    ],
    [
      'depart',
      '(leave|leaves|leaving|leavin|leavng|leavign) [us]|depart|departs|departing|(check|checks|checking|chek|chekc|chk|chking|checkin) out|checkout|checkingout|chkout|chckout|(move|moves|moving) out|due out|goes|(go|goes|going|head|heads|heading) (home|off|out)|heading (home|off)|(vacating|vacates|vacate|being vacated|get vacated)|[(has|have|need|needs|got) to] be (out|gone)|(say|says|saying) goodbye to|seeing off|last (day|night) [is]|departing (from)',
    ],
    ['departed', 'left|departed|(checked|moved|gone|went|headed) (out|home|off)|has gone|have gone|vacated'],
    [
      'departure',
      '[expected|guest|planned] (departures) [list|situation|sheet|schedule|plan]|[first] departure|first (check out|checkout)|(check outs|checkouts|chkouts|chk outs|chckouts|move outs) [list]|outgoing [guests]|departing guests|(departure|check out|checkout) (list|sheet|schedule)|list of (departures|check outs|checkouts)',
    ],
    [
      'departure_time',
      '(departure|check out|checkout) (time|times|date)|time of departure|(until|till|til|up to) when|how late',
    ],
    [
      'stay',
      '(stay|stays|staying|sleep|sleeps|sleeping|live|lives|living) [here|with us|overnight|over night|at ours|for]|spending the night|here [for]|sleeping over|[who is] with us [for]|in residence|put|placed|around|occupies|occupy|occupying',
    ],
    ['stayed', 'stayed|slept|stayed here|stayed with us'],
    [
      'in_house',
      'in house [guests]|inhouse [guests]|in the house|(overnight|current) guests|guests in house|occupancy list|headcount|head count',
    ],
    ['occupied', 'occupied|booked|registered|taken|in use|rented [out]|full|reserved'],
    [
      'turnover',
      '[same day] (turnover|turnovers|turn over|turn overs|turns over|turnaround|turnarounds|turn around|turn arounds|changeover|changeovers|change over|change overs|back to back|back to backs|b2b|b2bs)|same day (change|changes|check in and check out|check out and check in|arrival and departure|departure and arrival|turns)|[on|in] the same day|same day',
    ],
    [
      'free',
      '[still|stay|stays|staying|remain|remains] (free|avail|available|availability|availabilities|vacant|vacancy|vacancies|empty|unoccupied|unbooked|bookable)|not (booked|occupied|taken|reserved)|(what|anything) (do we have|have we got|can we offer) (free|available|empty|vacant)|(do we have|have we got) [anything|something|any] [still] (free|available|empty|vacant)|[have we got|do we have|is there|are there] (any|anything|something|what is|whats|what) [homes|rooms|flats|apartments|units|places|space] left|(can|could) (i|we|you|somebody|someone|anyone|anybody|a guest|guests|people|they) [still] (book|rent|reserve|sell|offer|have)|can be (booked|rented|sold)|to (sell|offer)|how (full|busy|booked) are we|occupancy [rate|level|status|situation]|are we [fully|completely|all] (full|booked|sold out|booked out|booked up)|(fully booked|sold out|booked out)|[any|some|enough] space|[any] room for the night|(nobody|no one|no guests|noone) (in them|in it|staying|inside|sleeping|in)',
    ],
    [
      'overview',
      '[daily|quick|short|full|the|an] (overview|agenda|briefing|summary|rundown|run down|schedule|plan) [of the day|for the day|of|for]|(brief|run|walk|talk|take) (me|us) [on|through]|all movements|movements|[what is|whats] the situation|what (happens|will happen)|(what is|whats|what|anything|what will|whats all|everything [that is]) (happening|going on|on|up|planned|coming up|scheduled|the plan|the schedule)|(what do we have|what have we got|whatve we got|what do i have) [on|coming up|going on]|[look|looks|looking] like|look|looks|looking|(arrivals|departures|check ins|checkins|checkouts|check outs) and (departures|arrivals|check outs|checkouts|check ins|checkins)|(check ins and outs|ins and outs|coming and going|comings and goings|comes and goes|come and go)|(arriving|coming) and (leaving|departing|going)|(checking|checks|check) (in|out) (and|or|and checking|or checking|and checks|or checks|and check) (in|out) [list]',
    ],
    [
      'ready',
      '[not|already|all|be|been|made] (ready|prepared|made up|cleaned|clean) [yet|to go|for guests|for check in|already|in time|on time]|not (ready|clean|cleaned) yet|not yet (ready|clean|cleaned)|(guest|check in) ready|(good|all set|set) (to go|for guests|for check in)|all set [for]|readiness|(cleaning|housekeeping) (status|progress)|(status|progress) of [the] (cleaning|housekeeping)|how (far|is) [are we|is housekeeping] [with] [the] (cleaning|housekeeping) [going|coming along|doing]|[not|still] (dirty|uncleaned|unclean)|(finish|finished|done|through) (cleaning|with the cleaning)|be made ready|cleaned up|done|finished|[the] (cleaning|housekeeping) (done|finished|complete|completed)|turned (over|around)|fit for|available for check in|(cleaner|cleaners|cleaning team) (done|finished|been|through) [with|to|in|at]|(cleaner|cleaners|cleaning team) (do|come to|get to|visit)|spotless',
    ],
    [
      'booking',
      '(booking|bookings|reservation|reservations) [details|info|information|code|codes|number|reference|id]|confirmation (code|number)|trip|stay details',
    ],
    [
      'find',
      '(find|look up|lookup|look for|look at|look into|open up|search for)|[the] (details|detail|info|information|infos|situation) [of|on|for|about]|about|(whats|what is) (the|up|going on|happening|new) [story|deal|situation|latest] with|the (story|deal|latest) (with|on)|the situation with|what do [i|we] tell [the|a] (guest|guests) about',
    ],
    ['status', '[the] [booking|reservation] status|confirmed|definite'],
    [
      'party',
      '[the] (party|party size|group size|group|guest count|size of the party|size)|[travelling|traveling|travels] (alone|solo)|by (himself|herself|themselves)|on (his|her|their) own',
    ],
    ['next', '[up] next [up|in line]|upcoming|following|soonest|is next in'],
    ['previous', 'previous|last|prior|former|before [that|them|this]|most recent'],
    ['now', '[right] now|currently|at (the moment|present|this moment|this point)|presently|current|today so far'],
    ['call', '(call|called|calling|phoned|rang|ring|rung) [us|in]|phone us|phone call|caller'],
    [
      'calls',
      '(calls|phone calls|callers|incoming calls) [did we get|did we have|have we had|came in|come in|did we receive|have we got|do we have]|(call|calls|phone) (log|list|history)',
    ],
    [
      'missed',
      '[have|did] (we|i) (miss|missed)|missed|(nobody|no one|noone) (picked up|answered|took)|[that] (we|i) (didnt|did not|couldnt|havent) (answer|pick up|take|answered|picked up)|(tried|trying) to (call|ring|phone) [us]|not (picked up)|unpicked',
    ],
    [
      'voicemail',
      '[leave|leaves|left|leaving|any|new] [a|any|us a|us any] (voicemail|voicemails|voice mail|voice mails|voice message|voice messages) [left]|[leave|leaves|left|leaving] [a|any] [message|messages] [on] [the] answering machine',
    ],
    [
      'news',
      '(what|what has|what is|whats|anything) (happened|been happening|been going on|has been going on|has happened|happen)|(what|everything) (have|did|had) (i|we) (miss|missed)|what (i|we) missed|(anything|what is|whats|something) (new|changed)|any news|news|[any] updates|update [me|us]|what changed|what has changed|(anything|has anything|did anything) (happened|happen)|(catch|fill|bring|get) (me|us) (up|in|up to speed|up to date)|what (came|has come) in|what is the news|whats the news',
    ],
    ['title', 'mr|mrs|ms|miss|mister|dr|sir|madam|prof|professor'],
    ['family', 'family|familys|couple'],
    [
      'pronoun',
      'he|she|they|them|him|her|his|their|this guest|that guest|hes|shes|theyre|it|its|that one|this one|this home|that home|there',
    ],
    ['possessive', 's'],
    ['messages', 'message|messages|messaged|guest messages'],
    [
      'chat',
      'chat messages|in chat|in the chat|in our chat|in the team chat|in team chat|in rocket chat|on rocket chat',
    ],
    ['texts', 'sms|text message|text messages|texts|whatsapp|whatsapps|whatsapp messages'],
    ['tasks', 'task|tasks|todo|todos|to dos|work orders|jobs|chores|things to do'],
    [
      'fact:wifi',
      '[password] [for|of] [the] (wifi|wi fi|wlan|internet|wireless|network) [called|password|code|name|network|key|login|details|pw|pass|credentials] [and] [password|name|code]|how (do|can) (guests|people|we|i|they) (connect to|get on|log into|use) [the] (wifi|wi fi|wlan|internet)',
    ],
    [
      'fact:parking',
      'where (can|do|could|should) (i|we|guests|they|people) park|(where|somewhere|a place|any place) to park|park [a|the|their|my] [car]|[a] parking [space|spot|place|spaces|spots]|car park|garage|leave (the|their|a|my) car',
    ],
    [
      'fact:address',
      'how (do|can|does) (i|we|guests|they|people|one) get (to|there)|address|the address|street address|full address|located|location|(what|which) street|where is it|street',
    ],
    ['fact:bedrooms', '[how many|number of] (bedroom|bedrooms)'],
    [
      'fact:capacity',
      'capacity|(max|maximum) (guests|occupancy|number of (guests|people)|people|capacity)|how many (people|guests|persons|ppl) (can sleep|can stay|fit|can we put|does it sleep|are allowed|can fit)|how many can sleep|how (big|large)|what size|for how many (people|guests|persons)|accommodate|accommodates|(fit|fits|host|hosts|hold|holds|take|takes) [in]',
    ],
    [
      'fact:check_in_and_check_out_time',
      '[the] (check in|checkin|arrival) (and|or|-) (check out|checkout|departure) (time|times|hours)',
    ],
    ['fact:house_rules', '[the] [house] rules|quiet hours'],
    [
      'fact:pets',
      '[are|is] [a] (pets|pet|dogs|dog|animals|cats) (ok|okay|allowed|welcome|fine|permitted|accepted)|(allow|allows|accept|accepts) (pets|dogs|animals|cats)|bring [a|their] (dog|dogs|cat|cats|animals)|pet (friendly|policy)|dog friendly|pets',
    ],
    [
      'private:phone',
      '[phone|telephone|tel|mobile|cell|cell phone|contact|whatsapp] (number|numbers|nr)|phone|telephone|mobile|cell phone|contact (details|info)|number of [the] guest|how (do|can|could) (i|we) (reach|contact|call|phone|ring)|by phone',
    ],
    ['private:email', 'email|emails|e mail|e mails|mail|(email|e mail|mail) (address|addresses)'],
    [
      'private:access_code',
      '[door|access|lockbox|lock box|key|keybox|key box|key safe|alarm|entry|entrance|gate|lock|keypad|building|smart lock|pin] (code|codes)|pin|door pin',
    ],
    [
      'private:card',
      'credit card|credit card number|card number|card details|credit card details|payment card|bank card|iban|bank details',
    ],
    [
      'possible',
      '(is|would) (it|that|this) [be] (possible|ok|okay|fine|alright|all right|doable|feasible) [for|that|if|to|with]|(ok|okay|fine) (if|for|with)|possible [to]|doable|feasible|[be|is] (able|allowed) to|(wants|want|would like|asked|asks|hopes|is asking|likes) to|(is|are) there (room|a way|a chance|space) (for|that)|[is] it possible|is that possible|would that work|is that (ok|okay)|(work|works) [for]',
    ],
    ['not', 'not|hasnt|havent|hadnt|didnt|isnt|arent|(did|has|have|had) not|not yet|still not|(has|have) still not'],
    ['still', 'yet|still|already|so far|by now'],
    [
      'all_of_them',
      '(has|have|did) (everyone|everybody|they all|all|all [of] [the] (guests|arrivals|departures|check ins|check outs)|[all] [of] (the|our) guests)',
    ],
    [
      'not_arrived',
      'no show|no shows|noshow|noshows|missing [from]|[still] not (here|in|there|arrived) [yet]|(isnt|arent) here [yet]|still (missing|expected|outstanding|due)|is still expected|(still|yet|left) to (arrive|come|check in|show up|turn up|get here)|[still] (has|have|need|needs) yet to (arrive|come|check in|show up|turn up)|(has|have) yet to (arrive|come|check in)|still (needs|need|has|have) to (arrive|come|check in)|(is|are) (everyone|everybody|all [the|our] guests|they all|all of them|all) (in|here|there) [yet|already|now]|[are] we [are] [still] waiting (for|on)|still waiting (for|on)|[are|do] we [are] still (expecting|expect)|(hasnt|havent|has not|have not|didnt|did not|not|never|failed to) [yet] (shown up|turned up|show up|turn up|show|made it|make it|shown|showed up|gotten here|got here)|never arrived|(havent we|have we not|we havent) checked in',
    ],
    [
      'not_left',
      '(still|yet|left) to (leave|go|check out|depart|vacate|move out)|(has|have) yet to (leave|go|check out|depart|vacate)|still (needs|need|has|have) to (leave|go|check out|depart|vacate)|(is|are) (everyone|everybody|all [the|our] guests|they all|all of them|all) (out|gone) [yet|already|now]|overdue (departures|check outs|checkouts)|not out yet|not gone yet|(should|shouldve|should have|ought to|were supposed to|was supposed to|were meant to) (be gone|be out|left|gone|checked out|have (left|gone|checked out)|have been out|been out|be checked out) [by now|already|but (are|is) not|but (arent|isnt|havent|hasnt|didnt)|but (are|is) still (here|in|there)]|[has|have] overstayed|overstaying|(hasnt|havent|has not|have not) vacated|(havent we|have we not|we havent) checked out',
    ],
    [
      'stay_over',
      '(stayovers|stay overs|stayover|stay over) [guests|bookings|list]|(stays|staying|stayin) over|(neither|not) (arrive|arrives|arriving|coming|comes|come|check in|checks in|checking in) (nor|or|and|and not|and also not) (leave|leaves|leaving|going|goes|go|depart|departs|departing|check out|checks out|checking out)',
    ],
    [
      'longest',
      '[with|has|have|is|for] [the] longest [stay|stays|booking|bookings|reservation|reservations|staying|staying guest|stayer|stayers|time]|(stay|stays|staying) [the] longest|[with] [the] most nights',
    ],
    [
      'extend',
      '(extend|extends|prolong|prolongs) [(the|his|her|their) (stay|booking|reservation)]|(stay|stays) (on|longer) [by|for]|longer by|adds|book|books|reserve|reserves|(keep|keeps) [the|their] [flat|apartment|place|home|room]',
    ],
    [
      'nights_sum',
      '[how many|total] [number of] (booked nights|nights booked|occupied nights|nights occupied|room nights|nights sold|sold nights|guest nights|nights reserved) [by]|how many nights are (booked|occupied|sold|reserved)|how many nights (do we have booked|have we sold|did we sell)|[total] number of nights|total nights|sum of nights',
    ],
    [
      'made',
      '[new|fresh|latest|recent|newest|more] (bookings|reservations|booking|reservation) [that|which] [were|was|have|has] [been] (made|came in|come in|received|created|placed|added|taken)|[new|fresh|latest|recent] (bookings|reservations) (did we|have we) (get|got|receive|received|take|taken|had|have)|(did|have) we (get|got|receive|received|take|taken) [any|a|some|many] [new|more] (bookings|reservations|booking|reservation)|(new|fresh|latest|recent|newest) (bookings|reservations|booking|reservation)|(newly|just) (booked|book|reserved)|(what|anything|something) [was|got|has been|been|new] (booked|reserved)|booked with us|(got|been) booked|(made|make|making|placed|place) [a|any|the|some] [new] (booking|reservation|bookings|reservations)',
    ],
    [
      'cancelled',
      '[been|got|were|was|get] (cancelled|canceled) [(his|her|their|the|a|its) (booking|reservation|stay|bookings|reservations)|on us]',
    ],
    [
      'cancellation',
      'cancellation|cancellations|cancelations|cancel [his|her|their|the] [booking|reservation|stay]|cancels|cancelling|canceling|(lost|lose) [any|a|some|the] (booking|bookings|reservation|reservations)',
    ],
    [
      'changed',
      '[been|got|were|was|get] (changed|modified|amended|altered|rescheduled|postponed)|changes [to|in]|change|modifications [to]|been moved|amendments [to]|(changed|change|modified|modify|amended|amend|altered|moved|move|shifted|shift|postponed|rescheduled|switched) (their|his|her) (booking|bookings|dates|date|reservation|reservations|stay)',
    ],
    ['early', 'early'],
    ['late', 'late'],
    [
      'only:children',
      '[who|that] (with|have|has|having|bring|brings|bringing|including|include|travelling with|traveling with|families with|got) [a|their|any|some|small|young|little|many] (children|kids|child|kid|little ones|babies|toddlers)|(do we have|have we got|are there|is there|any) [any] (kids|children)',
    ],
    [
      'only:pets',
      '[who|that] (with|have|has|having|bring|brings|bringing|including|include|travelling with|traveling with) [a|their|any|some] (pets|pet)|(do we have|have we got|are there|any) [any] pets',
    ],
    [
      'only',
      '[just|only] (only|the ones|those|ones) [the ones]|only [the|those] [ones]|(of|which of) (them|those)|which ones of them',
    ],
    [
      'correction',
      '[oops|sorry|no|no sorry] (i meant|i mean|make that|i said|i asked about|i was asking about|i want|i wanted|actually)|no|nope|sorry|oops|no wait|wait|rather|instead|not that one|wrong one',
    ],
    ['unanswered', 'unanswered|not answered'],
    [
      'waiting',
      '[is|are] [still] (waiting|awaiting) [for|on] [a|an|our|the] (reply|answer|response) [from us]|[is|are] [still] waiting [for us|to hear [back] from us|to hear back]|[still] (need|needs|needing|require|requires|expect|expects) [a|an|our] (reply|answer|response|answering|replying)|(without|no) [a|an|any|our] (reply|answer|response|replies|answers) [yet]|(pending|outstanding) replies|replies pending|[do] [we] [still] owe [a|an] (reply|answer|response)|[we|i] [still] (havent we|have we not|we havent|we have not|not|havent|have not|didnt|did not|never|hasnt|has not) [been|yet] (answered|replied to|responded to|got back to|gotten back to|answer|reply to|respond to|answered to) [yet|so far]|(do|we|i) [we|i] [still] (need|have|got|owe) to (answer|reply to|respond to|get back to|write back to)|to (answer|reply to|respond to|be answered|get back to)|unreplied|(have|did) (we|i) [already] (answered|answer|replied to|reply to|responded to|respond to|got back to|get back to) (everyone|everybody|every|all|all [of] [the|our])|(nobody|no one|noone) [has] (answered|replied to|responded to)|(havent|hasnt|have not|has not|not) (had|got|received|gotten) (a|an|any|our) (reply|answer|response) [yet]',
    ],
    [
      'cleaning',
      '(who|whos) [is|will|does|do|will be|going to] (clean|cleans|cleaning|(do|does|doing|on) [the] (cleaning|housekeeping))|[turnover] (cleaning|cleanings|cleans|housekeeping) [schedule|plan|list|rota|jobs|job|tasks]|(need|needs) cleaning|[has|have|need|needs|must|should|still needs|still need|still has|still have] [to] be cleaned|(get|gets|getting|being) cleaned|will be cleaned|[are|do|what|which] we (cleaning|clean)|[we] [do] (have|need|got|needs|has) to clean|to clean',
    ],
    [
      'maintenance',
      '[maintenance|repair] (maintenance|repair|repairs) [job|jobs|work|list|schedule|plan|tasks|work orders]',
    ],
    [
      'due',
      '[what is|whats] due|to do [list]|todo list|task list|(needs|need) doing|[needs|need|has|have|must] [to] be done',
    ],
    ['overdue', 'overdue|past due'],
    [
      'open',
      'open|pending|outstanding|unfinished|undone|(incomplete|uncompleted)|(not|havent|hasnt|has not|have not|arent|isnt) [yet] [been] (done|completed|finished) [yet]|still (open|pending|to do|to be done)|[anything|what is|whats|what] left to (do|be done)|remaining',
    ],
  ],
  limits: [
    ['after', 'after|later than|past|not before|no earlier than|not earlier than'],
    ['before', 'before|earlier than|prior to|(no|not) later than'],
    ['between', 'between'],
    ['and', 'and|-|to'],
    ['at', 'at|at about|at around|around'],
    ['onwards', 'on|onwards|onward|or later'],
    ['oclock', 'oclock|o clock'],
    ['noon', 'noon|midday|12 noon'],
    [
      'group',
      'parties of|party of|groups of|group of|families of|parties|groups|parties with|groups with|groups for|bookings of|bookings for|bookings with|reservations of|reservations for|reservations with|with|of|for',
    ],
    ['at_least', 'at least|minimum|a minimum of|no fewer than|not less than'],
    ['more_than', 'more than|over|bigger than|larger than|greater than|above'],
    ['or_more', 'or more|or bigger|or larger|and more|and up|plus|+|or above'],
    ['people', 'guests|people|persons|pax|travellers|travelers'],
    ['by', 'by|add|adding'],
    ['another', 'another|an extra|an additional|a further'],
    ['more', 'more|extra|additional|further|longer'],
    ['from', 'from|starting at'],
  ],
  dates: englishDates,
  forgiving:
    'arrival|arrivals|arriving|departure|departures|departing|checking|checkout|checkouts|tomorrow|tonight|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|september|november|december|available|availability|vacancies|occupied|apartments|apartment|turnovers|turnover|voicemail|voicemails|overview|cancellations|cancellation|maintenance|unanswered|reservations|stayovers'.split(
      '|',
    ),
};
