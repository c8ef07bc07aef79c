// The only file that touches the console; the ban holds everywhere else in the shell too.
#pragma warning disable RS0030
namespace AgentFlow.Shell;

/// <summary>The console of the process.</summary>
internal static class Terminal
{
    private const int RedirectedWidth = 120;

    /// <summary>Ctrl+C while keys are not being read. The handler answers whether it dealt with it; otherwise the process ends.</summary>
    public static event Func<bool>? Interrupted;

    /// <summary>Standard input is a keyboard.</summary>
    public static bool InputIsTerminal { get; } = !Console.IsInputRedirected;

    /// <summary>Standard output is a screen.</summary>
    public static bool OutputIsTerminal { get; } = !Console.IsOutputRedirected;

    /// <summary>Standard error is a screen.</summary>
    public static bool ErrorIsTerminal { get; } = !Console.IsErrorRedirected;

    /// <summary>The screen understands escape sequences.</summary>
    public static bool UnderstandsAnsi { get; } =
        Environment.GetEnvironmentVariable("TERM") != "dumb" && (!OperatingSystem.IsWindows() || WindowsConsole.EnableEscapeSequences());

    /// <summary>Lines can be edited key by key.</summary>
    public static bool CanEdit => InputIsTerminal && OutputIsTerminal && UnderstandsAnsi;

    /// <summary>Standard input.</summary>
    public static TextReader In => Console.In;

    /// <summary>Standard output.</summary>
    public static TextWriter Out => Console.Out;

    /// <summary>Standard error.</summary>
    public static TextWriter Error => Console.Error;

    /// <summary>Columns of the screen; 120, or COLUMNS, when output goes elsewhere.</summary>
    public static int Width =>
        OutputIsTerminal ? Math.Max(Console.WindowWidth, 1)
        : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out int columns) && columns > 0 ? columns
        : RedirectedWidth;

    /// <summary>Rows of the screen.</summary>
    public static int Height => OutputIsTerminal ? Math.Max(Console.WindowHeight, 1) : 24;

    /// <summary>A key waits to be read.</summary>
    public static bool KeyAvailable => InputIsTerminal && Console.KeyAvailable;

    /// <summary>Where the cursor is, from the upper left.</summary>
    public static (int Column, int Row) Cursor
    {
        get => OutputIsTerminal ? Console.GetCursorPosition() : (0, 0);
        set
        {
            if (OutputIsTerminal)
            {
                Console.SetCursorPosition(value.Column, value.Row);
            }
        }
    }

    /// <summary>The window's title; only Windows can read it back.</summary>
    public static string Title
    {
        get => OperatingSystem.IsWindows() ? Console.Title : string.Empty;
        set
        {
            if (OutputIsTerminal)
            {
                Console.Title = value;
            }
        }
    }

    /// <summary>Starts to raise <see cref="Interrupted"/>.</summary>
    public static void ListenForInterrupts() =>
        Console.CancelKeyPress += static (_, args) => args.Cancel = Interrupted?.Invoke() ?? false;

    /// <summary>Waits for one key and does not show it.</summary>
    public static ConsoleKeyInfo ReadKey() => Console.ReadKey(intercept: true);

    /// <summary>Until it is disposed, Ctrl+C is a key like others; otherwise it interrupts.</summary>
    public static IDisposable KeyScope()
    {
        Console.TreatControlCAsInput = true;
        return new EndOfKeyScope();
    }

    /// <summary>Empties the screen.</summary>
    public static void Clear()
    {
        if (OutputIsTerminal)
        {
            Console.Clear();
        }
    }

    private sealed class EndOfKeyScope : IDisposable
    {
        public void Dispose() => Console.TreatControlCAsInput = false;
    }
}
