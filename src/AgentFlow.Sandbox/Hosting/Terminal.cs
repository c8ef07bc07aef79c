// RS0030: this program's standard streams are its contract with whoever started it: one ready line, one error line, end of input.
#pragma warning disable RS0030
namespace AgentFlow.Sandbox.Hosting;

/// <summary>The three standard streams; nothing else in the sandbox touches the console.</summary>
internal static class Terminal
{
    public static bool InputIsPipe => Console.IsInputRedirected;

    public static Stream OpenInput() => Console.OpenStandardInput();

    public static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    public static void Complain(string line) => Console.Error.WriteLine(line);
}
