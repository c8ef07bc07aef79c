using System.Collections.Frozen;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>The words of the sentence grammar.</summary>
internal static class WordTable
{
    private static readonly FrozenDictionary<string, WordClass> s_words = Build();

    private static readonly FrozenDictionary<string, WordClass>.AlternateLookup<ReadOnlySpan<char>> s_bySpan = s_words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What the word can do; None for a word that the grammar does not know.</summary>
    public static WordClass Of(ReadOnlySpan<char> word) => s_bySpan.TryGetValue(word, out WordClass found) ? found : WordClass.None;

    private static FrozenDictionary<string, WordClass> Build()
    {
        Dictionary<string, WordClass> words = new(StringComparer.OrdinalIgnoreCase);
        void Add(WordClass meaning, string list)
        {
            foreach (string word in list.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                words[word] = words.GetValueOrDefault(word) | meaning;
            }
        }

        Add(WordClass.Env, "environment env envs environ environmental variable variables var vars envvar envvars env-var env-vars placeholder placeholders process.env import.meta.env os.environ .env");
        Add(WordClass.Environment, "environment env environ environmental envvar envvars env-var env-vars");
        Add(WordClass.Noun, "secret secrets key keys token tokens setting settings config configuration configurations parameter parameters param params value values option options credential credentials field fields property properties api url uri string name names password passwords argument arguments input inputs entry entries item items configs dsn id identifier prerequisite prerequisites");
        Add(WordClass.Glue, "invalid the a an your our this these that those its it some any all each following one least least of in for at on to from by with via as using into inside within is are was were be been being has have had do does did will also both either currently still more multiple several new valid non-empty nonempty proper correct actual necessary needed mandatory required secret public private server client runtime build build-time buildtime system project app application service site local production preview development staging which there here yet properly correctly named called data either neither simply explicitly use used auth but so but so while because its resolved resolves resolve evaluated evaluates first own database connection auth authentication session access admin webhook but hasn't server-side returned returns expected however client-side file files process context shell needs both");
        Add(WordClass.Negation, "not isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't never cannot can't couldn't won't no without isnt wasnt");
        Add(WordClass.Given, "set defined found provided specified configured present supplied given declared available exist exists populated loaded assigned passed filled resolved initialized initialised read fetched located detected added injected recognized");
        Add(WordClass.Missing, "missing undefined unset absent unspecified unconfigured unbound");
        Add(WordClass.Invalid, "invalid malformed incorrect");
        Add(WordClass.Empty, "empty blank null nil none");
        Add(WordClass.Required, "required mandatory necessary needed");
        Add(WordClass.Modal, "must should shall need needs ought have has");
        Add(WordClass.Instruct, "set provide define specify configure add export supply declare fill populate create include assign put pass setup setting");
        Add(WordClass.Seek, "find resolve load read fetch get locate lookup retrieve access determine detect inject receive contain expand interpolate substitute obtain");
        Add(WordClass.Condition, "if when unless whether once until rejects throws ensure ensures make sure check checks verify verifies assert asserts where while in-case otherwise after before");
        Add(WordClass.Demand, "requires require requiring needs need expects expect expected expecting required wants");
        Add(WordClass.Please, "please");
        Add(WordClass.May, "can may could might would optionally consider recommend recommended");
        Add(WordClass.Foreign, "table tables relation column columns header headers cookie cookies function class module export method type identifier macro symbol index role user database schema enum event action permission scope constraint label tag branch job stage step target task rule command binary package directory folder image queue topic template partial translation message locale selector element node route page component import file files host bucket attribute status state code artifact dependency plugin script repository commit flag flags toggle network volume container namespace cluster constant icon translations");
        Add(WordClass.And, "and or nor and/or");
        Add(WordClass.Optional, "optional deprecated unused recommended");

        // A connection or a database can be named by a variable; only beside the name itself are they foreign.
        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
