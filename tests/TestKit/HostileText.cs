using System.Text;

namespace AgentFlow.TestKit;

/// <summary>
/// Makes texts against a redactor: secrets of many sorts next to each other, cut, escaped, wrapped, encoded, among names, quotes and
/// noise. The same random source gives the same bytes.
/// </summary>
public static class HostileText
{
    /// <summary>How many times longer than its input an output may become: the longest placeholder over the shortest finding.</summary>
    public const int GrowthBound = 16;

    /// <summary>A value that the session under test knows; its forms occur in the texts.</summary>
    public const string KnownValue = "kn0wn/V4lue+with \"quotes\" & more";

    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Hex = "0123456789abcdef";

    private static readonly string[] s_names = ["password", "API_KEY", "apiKey", "client_secret", "Authorization", "cookie", "x-api-key", "token", "PGPASSWORD", "phone", "session_id", "cacheKey", "commit", "key", "sig", "cvv"];
    private static readonly string[] s_joins = ["=", ": ", "\":\"", "\\\":\\\"", " = '", "%3D", " => \"", "=\n  ", ": |\n    ", " ", "\">", ":=", "=\u001b[32m"];
    private static readonly string[] s_ends = ["\n", "\"", "',", "\\\"", "&x=1", ";", " ", "</a>", "\r\n", "\\n", "\u001b[0m", ".", ")", "|", "\n    ", ",", "%26", ""];
    private static readonly string[] s_noise = ["at handle (/var/task/x.js:1:2)", "2026-11-23T10:00:00.000Z", "GET /api 200", "{\"a\":1,\"b\":[", "]}", "\\u0022", "\\\\", "==", "-----", "BEGIN", "END", "@", "%40", "..", "eyJ", "sk_", "0x", "\0", "\u00e9\u4e16", "AAAA", "Bearer", "Basic", "curl -u a:b", "[REDACTED:", "+1 415 555 0132", "DE89 3704 0044 0532 0130 00", "a@b.co", "://u:p@h"];

    // Added later: the texts of the seeds above them must stay what they are.
    private static readonly string[] s_notedNames = [.. s_names, "contraseña", "mot de passe", "psk", "device_code", "The password of the admin account", "bindpw", "variable \"db_password\"", "Secret Access Key"];
    private static readonly string[] s_notedJoins = [.. s_joins, " → ", " = « ", " to `", " is ", " : ", ": “", " „", "\t", "    ", "\"]=>\n  string(14) \"", ": Some(\n    \"", " [None]: ", "=\u001b[01;31m\u001b[K", "=\"", " { default = \"", " = N'", "\",\"", " (", ",\"value\":\""];
    private static readonly string[] s_notedEnds = [.. s_ends, " »", "`", "”", "“", "\tproduction", "'", "\u001b[m\u001b[K", "\\\n", "\\\r\n  ", "@tcp(db:3306)/x", "\":1"];

    private static readonly string[] s_columns = ["password", "api_token", "id", "email", "session_key", "note", "phone", "client_secret", "key", "created_at"];
    private static readonly string[] s_between = [" ?? '", " || \"", "') { '", ":-", ": string = '", "\": {\"value\": \"", " \"", "={", "=@\"", "\\\": \\\"", "\"\r\n\r\n", " : ", ":   "];
    private static readonly string[] s_behind = ["' -> '", "\" -> \"", "''", "\"\"", "}};", "};", "')", "\"}", "' }", "\n", ",", "|", "; ", "\\\"", ")\n"];

    private static readonly string[] s_tellings = ["; the old one was ", ", the new value is `", " we had in build was \"", ". It is now ", ", it reads '", " is ", " (", "\nbob: it's ", " of the app is ", " for Twilio: ", " below:\n", " (staging): ", ", ", " as the API key. ", "\n", " (currently `", " in build = ", ":["];
    private static readonly string[] s_labels = ["Key Content            : ", "Unseal Key 2: ", "\"type\":\"random_password\",\"result\":\"", "KeyName : key1\nValue : ", "postmark.ServerClient(\"", "Client('AC740ca1d8db06af7c740ca1d8db06af7c', '", "\"backup_codes\": [\"", "recovery_codes=", "snmpget -A ", "--type SecureString --value ", "?code=", "Private Key:\n", "login code is ", "/password/reset/", "password = \"\"\"", "curl -su a:", "X-Amz-Credential=AKIA/", "$_ENV['API_KEY'] ", "primaryKey: ", "sv=2024-05-04&sp=r&sig=", "TOTP secret "];
    private static readonly string[] s_query = ["docker login -u w -p ", "PrivateKey = ", "password is ", "Authorization: Bearer ", "psql -c \"ALTER USER a PASSWORD '", "curl -u a:", "phone=+1 (415) 555-0132 ", "a@b.co -- ", "API_KEY="];

    /// <summary>Seeds of texts of <see cref="MakeTold"/> that once failed.</summary>
    public static IReadOnlyList<int> PastToldFailures { get; } = [];

    /// <summary>Seeds of texts of <see cref="MakeTabled"/> that once failed.</summary>
    public static IReadOnlyList<int> PastTabledFailures { get; } = [77000982, 77031621, 77042090, 77051542, 78034287, 79010333, 79045048, 79091946, 81152359, 82050546, 83087921, 84071179];

    /// <summary>Seeds of texts of <see cref="MakeNoted"/> that once failed.</summary>
    public static IReadOnlyList<int> PastNotedFailures { get; } = [70020369];

    /// <summary>Seeds of texts that once failed.</summary>
    public static IReadOnlyList<int> PastFailures { get; } =
    [
        2, 471, 1054, 2971, 225026, 437556, 728901, 858954,
        126102, 127297, 130199, 266006, 294331, 334473, 379134, 400607, 425487, 433846, 436928, 475889, 539431,
        557192, 607138, 625688, 633425, 655133, 709557, 714003, 733365, 759688, 761455, 800300, 848919, 9000263, 9004462,
        20097703, 20297388, 30036833, 30044048, 30044930, 30049222, 30063508, 30110749, 30166002, 30193899, 30200986, 30226468,
        40025180, 40026950, 40041480, 40048580, 40064600, 40076500, 40079090, 40089690, 40096460, 40132810, 40147720, 40172900,
        60354790, 60686200, 60866620, 60871440, 60901930, 61248960, 61269966, 72333798, 80375341,
    ];

    /// <summary>Most bytes of the text that a seed makes: every tenth is larger than a block.</summary>
    public static int LengthOf(int seed) => seed % 10 == 0 ? 120_000 : 6_000;

    /// <summary>A text of about so many bytes; its pieces touch, or stand apart as the records of a log do.</summary>
    public static byte[] Make(Random random, int length, bool apart = false)
    {
        ArgumentNullException.ThrowIfNull(random);
        StringBuilder text = new();
        int target = random.Next(1, length);
        while (text.Length < target)
        {
            text.Append(Piece(random));
            text.Append(apart ? Any(random, [" ", "\n", "\r\n", "; ", "\t"]) : string.Empty);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        for (int i = apart ? 0 : random.Next(4); i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    /// <summary>A text of about so many bytes in further notations: dumps, tables, prompts, prose, continued and highlighted lines, wrapped base64.</summary>
    public static byte[] MakeNoted(Random random, int length) => Fill(random, length, static random => random.Next(6) switch
    {
        0 => Piece(random),
        1 => Wrapped(random),
        _ => Any(random, s_notedNames) + Any(random, s_notedJoins) + Noted(random) + Any(random, s_notedEnds) + Any(random, ["", "", "\n", " "]),
    });

    /// <summary>A text of about so many bytes with tables, statements, dumps, lists of arguments, and values of all printable signs.</summary>
    public static byte[] MakeTabled(Random random, int length) => Fill(random, length, static random => random.Next(6) switch
    {
        0 => Piece(random),
        1 => Table(random),
        2 => Statement(random),
        3 => Any(random, ["[\"", "- '", "exec [\"curl\", \"-u\", \"a:", "[\"ldapsearch\", \"-w\", \""]) + Any(random, s_notedNames) + "=" + Cell(random) + Any(random, s_behind),
        _ => Any(random, s_notedNames) + Any(random, s_between) + Cell(random) + Any(random, s_behind) + Any(random, ["", Cell(random), "\n", " "]),
    });

    /// <summary>A text of about so many bytes with sentences that tell a value later, labels, calls, lists of codes and percent-encoded commands.</summary>
    public static byte[] MakeTold(Random random, int length) => Fill(random, length, static random => random.Next(6) switch
    {
        0 => Piece(random),
        1 => Any(random, s_notedNames) + Any(random, s_tellings) + Cell(random) + Any(random, s_behind),
        2 => "https://a.co/x?q=" + Uri.EscapeDataString(Any(random, s_query) + Cell(random) + Any(random, ["", " -x ", " % ", "\n", " - "]) + Value(random)) + Any(random, ["&n=1", " ", "\n", "\"", Cell(random)]),
        3 => Any(random, s_labels) + Cell(random) + Any(random, ["\", \"", ",", "', '", "\n", "\"}"]) + Cell(random) + Any(random, s_behind),
        4 => Any(random, s_notedNames) + Any(random, s_tellings) + Value(random)[..^1] + Any(random, ["\n", " \n", "\n> "]) + Draw(random, Alphanumeric, random.Next(8, 40)) + Any(random, [" and then", "\n", "."]),
        _ => Any(random, s_notedNames) + Any(random, s_notedJoins) + Noted(random) + Any(random, s_notedEnds) + Any(random, ["", "\n", " "]),
    });

    private static byte[] Fill(Random random, int length, Func<Random, string> piece)
    {
        ArgumentNullException.ThrowIfNull(random);
        StringBuilder text = new();
        int target = random.Next(1, length);
        while (text.Length < target)
        {
            text.Append(piece(random));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Table(Random random)
    {
        string mark = Any(random, [",", " | ", "\t", ";", "|"]);
        int columns = random.Next(2, 6);
        StringBuilder text = new("\n");
        text.AppendJoin(mark, Enumerable.Range(0, columns).Select(_ => Any(random, s_columns))).Append('\n').Append(Any(random, ["", "---|---\n", "----+-----\n"]));
        for (int row = random.Next(1, 6); row > 0; row--)
        {
            text.AppendJoin(mark, Enumerable.Range(0, columns + (random.Next(8) == 0 ? 1 : 0)).Select(_ => Cell(random))).Append(Any(random, ["\n", "\r\n", "\n"]));
        }

        return text.ToString();
    }

    private static string Statement(Random random)
    {
        string columns = string.Join(", ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => Any(random, s_columns)));
        return random.Next(2) == 0
            ? $"INSERT INTO t ({columns}) VALUES " + string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"('{Cell(random)}', '{Cell(random)}', 1, '{Cell(random)}')")) + ";\n"
            : $"COPY t ({columns}) FROM stdin;\n" + string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{Cell(random)}\t{Cell(random)}\t{Cell(random)}\n")) + "\\.\n";
    }

    private static string Cell(Random random) => random.Next(8) switch
    {
        0 => Any(random, s_names),
        1 => Known(random),
        2 => Any(random, ["", "set", "2026-11-23", "\"a,b\"", "f47ac10b-58cc-4372-a567-0e02b2c3d479"]),
        3 or 4 => Draw(random, Alphanumeric + "!#$%&*()+,-./:;<=>?@[]^_{|}~'\"", random.Next(6, 30)),
        _ => Value(random),
    };

    private static string Noted(Random random)
    {
        string value = random.Next(3) == 0 ? Draw(random, Alphanumeric, random.Next(4, 9)) + Draw(random, "!#$%&*+?@^~", 1) + Draw(random, Alphanumeric, random.Next(3, 9)) : Value(random);
        int at = random.Next(value.Length + 1);
        return random.Next(3) == 0 ? value[..at] + Any(random, ["\\\n", "\\\n    ", "\u001b[m\u001b[K", "\u001b[01;31m\u001b[K", "=\n"]) + value[at..] : value;
    }

    private static string Wrapped(Random random)
    {
        string file = string.Concat(Enumerable.Range(0, random.Next(2, 6)).Select(_ => Any(random, s_names) + "=" + Value(random) + "\n"));
        int width = 48 + (random.Next(8) * 4);
        string line = Any(random, ["\n", "\r\n", "\n    "]);
        return line + string.Join(line, Convert.ToBase64String(Encoding.UTF8.GetBytes(file)).Chunk(width).Select(static part => new string(part))) + line;
    }

    private static string Piece(Random random) => random.Next(12) switch
    {
        0 or 1 => Any(random, s_noise),
        2 => Any(random, s_names) + Any(random, s_joins) + Value(random) + Any(random, s_ends),
        3 => Any(random, s_names) + Any(random, s_joins) + Draw(random, Alphanumeric, random.Next(1, 60)) + Any(random, s_ends),
        4 => Value(random) + Any(random, s_ends),
        5 => Cut(random, Value(random)) + Any(random, s_ends),
        6 => Convert.ToBase64String(Encoding.UTF8.GetBytes(Any(random, s_noise) + Value(random) + Any(random, s_noise))) + Any(random, s_ends),
        7 => Value(random).Insert(1, Any(random, s_ends)),
        8 => Pem(random),
        9 => Known(random) + Any(random, s_ends),
        10 => Draw(random, Alphanumeric + "+/=_-. \n", random.Next(1, 400)),
        _ => new string(Any(random, s_noise)[0], random.Next(1, 90)),
    };

    private static string Value(Random random) => random.Next(10) switch
    {
        0 => "sk_" + "live_" + Draw(random, Alphanumeric, random.Next(10, 99)),
        1 => "gh" + "p_" + Draw(random, Alphanumeric, 36),
        2 => "eyJhbGciOiJIUzI1NiJ9." + "eyJ" + Draw(random, Alphanumeric, 40) + "." + Draw(random, Alphanumeric, 43),
        3 => "postgres://app:" + Draw(random, Alphanumeric, 14) + "@db.internal/x",
        4 => Draw(random, Hex, random.Next(1, 5) * 16),
        5 => "AK" + "IA" + Draw(random, Alphanumeric, 16).ToUpperInvariant(),
        6 => "xox" + "b-" + Draw(random, "0123456789", 12) + "-" + Draw(random, Alphanumeric, 24),
        7 => Draw(random, "abcdefghijklmnop", 6) + "@" + Draw(random, "abcdefghijklmnop", 6) + ".com",
        8 => "4" + Draw(random, "0123456789", random.Next(11, 18)),
        _ => Draw(random, Alphanumeric, random.Next(6, 120)),
    };

    private static string Cut(Random random, string value)
    {
        int at = random.Next(value.Length + 1);
        return value[..at] + Any(random, ["\n", "\n       ", "\r\n", "\\n", "\u001b[0m", " "]) + value[at..];
    }

    private static string Pem(Random random)
    {
        string line = Any(random, ["\n", "\r\n", "\\n", "\n2026-11-23T10:00:00Z stdout F ", "\n    ", "\\\\n", "\" +\n\""]);
        StringBuilder text = new();
        text.Append(random.Next(5) == 0 ? string.Empty : $"-----BEGIN {Any(random, ["RSA ", string.Empty, "EC ", "OPENSSH "])}PRIVATE KEY-----");
        for (int i = random.Next(1, 30); i > 0; i--)
        {
            text.Append(line).Append(Draw(random, Alphanumeric + "+/", 64));
        }

        return text.Append(line).Append(random.Next(3) == 0 ? "..." : "-----END PRIVATE KEY-----").ToString();
    }

    private static string Known(Random random)
    {
        string value = random.Next(3) switch
        {
            0 => KnownValue,
            1 => Uri.EscapeDataString(KnownValue),
            _ => Convert.ToBase64String(Encoding.UTF8.GetBytes(Draw(random, Alphanumeric, random.Next(3)) + KnownValue + "tail")),
        };
        return random.Next(3) == 0 ? Cut(random, value) : value;
    }

    private static string Any(Random random, string[] options) => options[random.Next(options.Length)];

    private static string Draw(Random random, string alphabet, int length) => string.Create(length, (alphabet, random), static (span, state) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = state.alphabet[state.random.Next(state.alphabet.Length)];
        }
    });
}
