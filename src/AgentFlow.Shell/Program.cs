using System.Globalization;
using AgentFlow.Shell;

// Before the engine's first type is touched: it reads the variable once.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("en-US");
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = new WordCulture();

ShellOptions options = ShellOptions.Parse(args);
switch (options.Mode)
{
    case ShellMode.Invalid:
        Terminal.Error.WriteLine(options.Problem);
        Terminal.Error.WriteLine(ShellOptions.Usage);
        return ExitCodes.Usage;
    case ShellMode.Help:
        Terminal.Out.WriteLine(ShellOptions.Usage);
        return ExitCodes.Success;
    case ShellMode.Version:
        Terminal.Out.WriteLine($"afsh {typeof(ShellHost).Assembly.GetName().Version?.ToString(3)}");
        return ExitCodes.Success;
    case ShellMode.Script when !File.Exists(options.ScriptPath):
        Terminal.Error.WriteLine($"The script '{options.ScriptPath}' does not exist. Give the path of a .ps1 file, or use -Command.");
        return ExitCodes.Usage;
    default:
        using (ShellRun run = new(options))
        {
            return run.Execute();
        }
}
