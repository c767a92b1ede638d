"""What people and models are called where a transcript says who speaks."""

from __future__ import annotations

import re

PERSON = (
    r"(?:(?:user|human|student)(?![ \t]?\w|['’])"
    r"|(?:User|USER|Human|HUMAN|Student|STUDENT|You|Me|Myself|Prompter|Asker|用户|提问)"
    r"(?:(?:['’]s|[ \t]sent)?[ \t](?:[Pp]rompt|[Mm]essage|[Ii]nput|[Qq]uer(?:y|ies)|[Qq]uestion|[Tt]urn)"
    r"|[ \t](?:said|asked|wrote|says))?"
    r"|(?:(?:My|Initial|First|Second|Third|Next|Follow[- ]?up|Human|System and user)[ \t])?(?:[Pp]rompt|PROMPT)"
    r"|My[ \t](?:message|question|query|input)|Follow[- ]?up[ \t](?:question|prompt|message))"
)
"""A person, or what a person sends. ``Prompt`` can be a word of a reply, and is sure only by its place."""

DOUBTFUL_PERSON = r"(?:Q|U|H|Question|QUESTION|Query|Input|Instruction|Task|🧑|👤|🙋|🧑‍🎓|👨|👩)"
"""What may stand for a person, where it alternates with the model's label."""

_VERSION = (
    r"(?:[ \t-]{1,2}(?:v?\d[\w.]{0,10}|[RVKMo]\d[\w.]{0,6}|[Ss]onnet|[Oo]pus|[Hh]aiku|[Ff]able|[Pp]ro|[Ff]lash"
    r"|[Ll]ite|[Uu]ltra"
    r"|[Mm]ini|[Nn]ano|[Mm]icro|[Tt]urbo|[Mm]ax|[Pp]lus|[Ll]arge|[Mm]edium|[Ss]mall|[Ii]nstruct|[Cc]hat|[Cc]oder?"
    r"|[Tt]hinking|[Tt]hink"
    r"|[Rr]easoner|[Rr]easoning|[Pp]review|[Ee]xp(?:erimental)?|[Dd]eep|[Rr]esearch|[Pp]remier|[Ff]ast|[Hh]eavy"
    r"|[Mm]averick"
    r"|[Ss]cout|[Nn]ext|[Aa]ir|[Hh]igh|[Ll]ow|[Aa]uto|[Aa]dvanced|[Ee]xtended|[Ff]ree|[Ss]onar|[Oo]ss|[Bb]eta"
    r"|[Dd]eepThink"
    r"|R|A\d{1,3}B|AI|\(free\)))"
)
_FAMILY = (
    r"(?:Claude|Chat[ \t]?GPT|GPT|gpt-oss|DeepSeek|Deepseek|deepseek|Deep[ \t]Seek|Gemini|Gemma|Grok|Kimi|Qwen|QwQ"
    r"|Mistral|Mixtral"
    r"|Magistral|Le[ \t]Chat|LeChat|Llama|LLaMA|LLAMA|Copilot|Microsoft[ \t]Copilot|Perplexity|Sonar|MiniMax|Minimax"
    r"|GLM|Nemotron"
    r"|Doubao|Hunyuan|ERNIE|Ernie|Bard|Meta[ \t]AI|Cohere|Command[ \t-]?[RA]\+?|(?:Amazon[ \t])?Nova(?=[ \t-](?:Pro"
    r"|Lite|Micro|Premier))"
    r"|Phi(?=[ \t-]?\d)|Sonnet(?=[ \t]\d)|Opus(?=[ \t]\d)|o[134](?:-mini|-pro)?)"
)
MODEL_NAME = rf"(?:{_FAMILY}(?:\d[\w.]{{0,6}})?{_VERSION}{{0,6}})"
"""A model by its name, with its version."""

_SAYS = (
    r"(?:(?:['’]s)?[ \t](?:[Rr]esponse|[Rr]eply|[Aa]nswer|[Oo]utput|[Mm]essage|[Tt]urn)"
    r"|[ \t](?:said|says|replied|responded|answered))?"
)
MODEL = (
    rf"(?:(?:LLM|[Aa]ssistant|ASSISTANT|助手|{MODEL_NAME}){_SAYS}"
    r"|(?:Model|AI|Bot|Chatbot)(?:['’]s)?[ \t](?:[Rr]esponse|[Rr]eply|[Aa]nswer|[Oo]utput|[Tt]urn)|(?:AI"
    r"|Model)[ \t][Aa]ssistant)"
)
"""A model, or what a model sends."""

DOUBTFUL_MODEL = (
    r"(?:Model|MODEL|AI|Bot|Chatbot|Response|RESPONSE|[Rr]eply|Output|Answer|ANSWER|Completion|A|M|回答|模型|🤖|✨)"
)
"""What may stand for a model; a reply has such words at the start of its own lines, too (“Model: y = ax”)."""

ANNOTATOR = (
    r"(?:Annotat(?:or|ion)s?|[Cc]ommentary|Comments?|COMMENTS?|Reviewer|Grader|Critique"
    r"|(?:My|Our|Human|Personal|Student|Annotator['’]?s?)[ \t]"
    r"(?:own[ \t])?(?:[Nn]otes?|[Cc]omments?|[Cc]ommentary|[Tt]houghts|[Tt]ake|[Aa]nalysis|[Aa]nnotations?"
    r"|[Ee]valuation|[Aa]ssessment"
    r"|[Ff]eedback|[Oo]bservations?|[Rr]emarks?|[Rr]eview|[Rr]eflections?|[Vv]erdict)"
    r"|(?:Final|Overall|General|Closing|Concluding)[ \t]"
    r"(?:[Rr]emarks|[Cc]omments|[Tt]houghts|[Ii]mpressions?|[Rr]eflections?)"
    r"|(?:Notes?|Comments?|Remarks?)[ \t](?:from|by)[ \t](?:me|the[ \t](?:annotator|student|author|human|reviewer)))"
)
"""A person who says beside the conversation what they think of it."""

NAMED_MODEL = re.compile(rf"(?<![\w$\\])(?:LLM|{_FAMILY}(?:\d[\w.]{{0,6}})?{_VERSION}{{0,6}})(?!\w)")
"""A model named in running words."""
