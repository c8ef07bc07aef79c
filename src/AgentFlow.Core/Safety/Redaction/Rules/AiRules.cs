using static AgentFlow.Safety.Redaction.TokenRule;

namespace AgentFlow.Safety.Redaction;

/// <summary>Model providers and their tools.</summary>
internal static class AiRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        Of("openai-key", "OpenAI key (project, service account, admin, legacy)",
            "sk-proj-{w:20+}", "sk-svcacct-{w:20+}", "sk-admin-{w:20+}", "sk-None-{w:20+}", "sk-{A:20}T3BlbkFJ{A:20+}", "{w:16}T3BlbkFJ{w:16+}", "^sess-{A:40+}"),
        Of("anthropic-key", "Anthropic key (API, admin, OAuth, session)", "sk-ant-{w:24+}"),
        Of("openrouter-key", "OpenRouter key", "sk-or-v1-{H:64}", "sk-or-{w:32+}"),
        Of("ai-api-key", "Key of an OpenAI-compatible provider (DeepSeek, Moonshot, Stability, LlamaIndex, …)", "^sk-{A:32+}", "^sk-{l:2-12}-{w:24+}"),
        Of("groq-key", "Groq key", "^gsk_{A:40+}"),
        Of("xai-key", "xAI key", "^xai-{s:60+}", "^xai-token-{A:60+}"),
        Of("perplexity-key", "Perplexity key", "pplx-{A:40+}"),
        Of("replicate-token", "Replicate token", "^r8_{A:37}"),
        Of("huggingface-token", "Hugging Face token", "^hf_{A:30+}", "api_org_{A:30+}", "^hf_oauth_{v:30+}", "^hf_jwt_{v:30+}"),
        Of("pinecone-key", "Pinecone key", "pcsk_{A:4-8}_{A:40+}", "pcsk_{s:40+}"),
        Of("elevenlabs-key", "ElevenLabs key", "^sk_{h:48}"),
        Of("fireworks-key", "Fireworks key", "^fw_{A:20-24!}", "^fw_{A:40+}"),
        Of("together-key", "Together key", "tgp_v1_{w:40+}"),
        Of("voyage-key", "Voyage key", "^pa-{w:43!}"),
        Of("nvidia-key", "NVIDIA key", "nvapi-{w:40+}"),
        Of("cerebras-key", "Cerebras key", "^csk-{a:40+}"),
        Of("tavily-key", "Tavily key", "^tvly-{w:20+}"),
        Of("firecrawl-key", "Firecrawl key", "^fc-{h:32!}"),
        Of("langsmith-key", "LangSmith key", "lsv2_pt_{h:32}_{h:10}", "lsv2_sk_{h:32}_{h:10}", "^ls__{h:32}"),
        Of("llamacloud-key", "LlamaCloud key", "^llx-{A:40+}"),
        Of("jina-key", "Jina key", "jina_{w:50+}"),
        Of("nomic-key", "Nomic key", "^nk-{w:43!}"),
        Of("wandb-key", "Weights and Biases key", "wandb_v1_{w:40+}", "^local-{H:40}"),
        Of("runpod-key", "RunPod key", "^rpa_{U:30+}{a:0-10}"),
        Of("e2b-key", "E2B key", "^e2b_{h:40}"),
        Of("modal-token", "Modal token", "^ak-{A:22!}", "^as-{A:22!}"),
        Of("cursor-key", "Cursor key", "^key_{h:64}", "^crsr_{h:64}"),
        Of("anyscale-key", "Anyscale key", "esecret_{a:20+}"),
        Of("mem0-key", "Mem0 key", "^m0-{A:40}"),
        Of("composio-key", "Composio key", "^ak_{w:20!}"),
        Of("turbopuffer-key", "turbopuffer key", "tpuf_{A:24+}"),
        Of("humanloop-key", "Humanloop key", "hl_sk_{h:40+}"),
        Of("apify-token", "Apify token", "apify_api_{A:36+}"),
        Of("browserbase-key", "Browserbase key", "bb_live_{w:20+}", "bb_test_{w:20+}"),
        Of("context7-key", "Context7 key", "ctx7sk-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}"),
        Of("langfuse-key", "Langfuse secret key", "sk-lf-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}"),
        Of("helicone-key", "Helicone key", "sk-helicone-{w:20+}", "pk-helicone-{w:20+}"),
        Of("brave-search-key", "Brave Search key", "^BSA{w:25-30!}"),
        Of("chutes-key", "Chutes key", "^cpk_{h:32}.{h:32}.{A:20+}"),
        Of("unkey-root-key", "Unkey root key", "unkey_{A:16+}"),
        Of("chroma-key", "Chroma Cloud key", "^ck-{A:40+}"),
        Of("mixedbread-key", "Mixedbread key", "^mxb_{A:30+}"),
        Of("promptlayer-key", "PromptLayer key", "^pl_{h:32!}"),
        Of("cartesia-key", "Cartesia key", "^sk_car_{A:20+}"),
        Of("scrapfly-key", "Scrapfly key", "scp-live-{h:32}", "scp-test-{h:32}"),
        Of("voiceflow-key", "Voiceflow key", "VF.DM.{h:24}.{A:16+}", "VF.WS.{h:24}.{A:16+}"),
        Of("arcade-key", "Arcade key", "arc_{A:60+}"),
    ];
}
