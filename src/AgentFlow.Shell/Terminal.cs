// The only file that touches the console; the ban holds everywhere else in the shell too.
#pragma warning disable RS0030
using System.Runtime.InteropServices;

namespace AgentFlow.Shell;

/// <summary>The console of the process.</summary>
internal static class Terminal
{
    private const int RedirectedWidth = 120;

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

    /// <summary>Calls the first handler on Ctrl+C and the second one before a polite request to end (SIGTERM, SIGHUP) is obeyed.</summary>
    /// <param name="onInterrupt">Answers whether it dealt with it; otherwise the process ends.</param>
    /// <param name="onTermination">The process ends when it returns.</param>
    public static IDisposable ListenForSignals(Func<bool> onInterrupt, Action onTermination)
    {
        Console.CancelKeyPress += (_, args) => args.Cancel = args.SpecialKey == ConsoleSpecialKey.ControlC && onInterrupt();
        return new Registrations(
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => onTermination()),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => onTermination()));
    }

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

    private sealed class Registrations(PosixSignalRegistration first, PosixSignalRegistration second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
