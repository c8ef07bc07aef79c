namespace AgentFlow.Safety.Redaction;

/// <summary>Programs whose flag holds a password that no name gives away: <c>sshpass -p</c>, <c>redis-cli -a</c>, <c>zip -P</c>, <c>ldapsearch -w</c>, ….</summary>
internal static class ClientVerifier
{
    private const int Reach = 256;

    private static readonly Program[] s_programs =
    [
        new("sshpass", "-p", true), new("redis-cli", "-a", false), new("mysql", "-p", true, MustJoin: true), new("mariadb", "-p", true, MustJoin: true),
        new("docker login", "-p", false), new("podman login", "-p", false), new("helm registry login", "-p", false), new("az login", "-p", false), new("az acr login", "-p", false),
        new("mongosh", "-p", false), new("mongodump", "-p", false), new("psexec", "-p", false), new("twine upload", "-p", false), new("supabase ", "-p", false), new("useradd", "-p", false),
        new("zip -P", "", false), new("7z x", "-p", true, MustJoin: true), new("sqlcmd", "-P", false), new("bcp ", "-P", false), new("ldapsearch", "-w", false), new("ldapmodify", "-w", false),
        new("ldapadd", "-w", false), new("ldapwhoami", "-w", false), new("nuget push", "-k", false), new("secret set", "--body", false), new("secret set", "-b", false),
        new("npm config set", ":_authToken", false), new("npm config set", ":_password", false), new("ngrok", "authtoken", false), new("rabbitmqctl add_user", "", false, Words: 1),
        new("rabbitmqctl change_password", "", false, Words: 1), new("smbclient", "%", true, MustJoin: true), new("vercel ", "-t", false, IsToken: true), new("pipelines variable", "--value", false), new("secrets set", "", false, Words: 1, Before: "user-"), .. new[] { "snmpget", "snmpwalk", "snmpbulkwalk", "snmpset", "snmptrap" }.SelectMany(name => new[] { "-A", "-X", "-c" }.Select(flag => new Program(name, flag, false))), new("openssl enc", "-K", false), new("openssl enc", "-k", false),
    ];

    /// <summary>Anchors of all programs.</summary>
    public static IEnumerable<Anchor> Anchors => s_programs.GroupBy(p => p.Name).Select(g =>
    {
        Program[] flags = [.. g];
        return new Anchor(g.Key, false, null, (scoped in Site site) => Verify(site, flags));
    });

    private static void Verify(in Site site, Program[] flags)
    {
        foreach (Program program in flags)
        {
            if (site.Text[..site.At].EndsWith(program.BeforeBytes))
            {
                Verify(site, program);
            }
        }
    }

    private static void Verify(in Site site, Program program)
    {
        ReadOnlySpan<byte> text = site.Text;
        int at = site.At + program.Name.Length;
        ReadOnlySpan<byte> line = text[at..Math.Min(text.Length, at + Reach)];
        int stop = line.IndexOfAny((byte)'\n', (byte)'\r');
        line = stop < 0 ? line : line[..stop];
        int flag = Find(line, program);
        if (flag < 0)
        {
            return;
        }

        int value = flag + program.FlagBytes.Length;
        int listed = ListStep(line, value);
        value += listed;
        bool spaced = listed > 0 || (value < line.Length && line[value] is (byte)' ' or (byte)'=');
        if (program.MustJoin ? spaced : !spaced && !program.MayJoin)
        {
            return;
        }

        Report(site, at + value + (spaced && listed == 0 ? 1 : 0), program);
    }

    /// <summary>Where the flag stands as a word of its own; a flag that is no option may end one.</summary>
    private static int Find(ReadOnlySpan<byte> line, Program program)
    {
        if (program.FlagBytes.Length == 0)
        {
            return 0;
        }

        for (int from = 0; ;)
        {
            int found = line[from..].IndexOf(program.FlagBytes);
            if (found < 0)
            {
                return -1;
            }

            int at = from + found;
            int end = at + program.FlagBytes.Length;
            bool begins = program.FlagBytes[0] != '-' || (at > 0 && line[at - 1] is (byte)' ' or (byte)'\'' or (byte)'"');
            bool longer = !program.MayJoin && end < line.Length && line[end] is not ((byte)' ' or (byte)'=') && ListStep(line, end) == 0;
            if (begins && !longer)
            {
                return at;
            }

            from = end;
        }
    }

    /// <summary>Length of what stands between two arguments in a list of them (<c>"-w", "…"</c>), up to the quote of the second; 0 for none.</summary>
    public static int ListStep(ReadOnlySpan<byte> text, int at)
    {
        Quote quote = Quote.At(text, at);
        int comma = at + quote.Length;
        if (!quote.IsSome || comma >= text.Length || text[comma] != ',')
        {
            return 0;
        }

        int next = comma + 1;
        while (next < text.Length && text[next] == ' ')
        {
            next++;
        }

        return Quote.At(text, next).IsSome ? next - at : 0;
    }

    private static void Report(in Site site, int at, Program program)
    {
        ReadOnlySpan<byte> text = site.Text;
        for (int words = program.Words; words > 0; words--)
        {
            Quote around = Quote.At(text, Math.Min(at, text.Length));
            int stop = around.IsSome ? around.Close(text, at + around.Length, 512) + around.Length : CommandVerifier.WordEnd(text, at);
            at = Math.Min(text.Length, stop + 1);
        }

        Quote quote = Quote.At(text, Math.Min(at, text.Length));
        int start = at + quote.Length;
        int end = Placeholder.EndOfFront(text, start, quote.IsSome ? quote.Close(text, start, 512) : CommandVerifier.WordEnd(text, start));
        ReadOnlySpan<byte> value = text[Math.Min(start, text.Length)..Math.Max(Math.Min(start, text.Length), end)];
        bool port = Shape.IsAll(value, ByteSet.Digit) && value.Length <= 5;
        if (value.Length >= 4 && !port && value[0] != '-' && value[0] != '/' && !SecretValues.IsStandIn(value) && !SecretValues.IsNameOfPassword(value) && !SecretValues.IsWord(value)
            && (!program.IsToken || (value.Length >= 20 && Shape.LooksRandom(value) && ByteSet.WordDash.Run(value, 0) == value.Length)))
        {
            site.Report(start, end);
        }
    }

    /// <summary>A program and the flag that its password follows.</summary>
    /// <param name="Name">How the command line names it.</param>
    /// <param name="Flag">The flag; empty when the password is a word by its place.</param>
    /// <param name="MayJoin">Whether the value may follow without a blank.</param>
    /// <param name="MustJoin">Whether it must.</param>
    /// <param name="Words">Words between the flag and the password.</param>
    /// <param name="IsToken">Whether the value is drawn at random; another program on the line may have the flag too.</param>
    /// <param name="Before">What must stand right before the name, which alone is too common or too costly to look for.</param>
    private sealed record Program(string Name, string Flag, bool MayJoin, bool MustJoin = false, int Words = 0, bool IsToken = false, string Before = "")
    {
        public byte[] BeforeBytes { get; } = System.Text.Encoding.ASCII.GetBytes(Before);

        public byte[] FlagBytes { get; } = System.Text.Encoding.ASCII.GetBytes(Words > 0 ? string.Empty : Flag);
    }
}
