using System.Runtime.InteropServices;

namespace AgentFlow.Safety.Files;

/// <summary>Gives a finished file its name in one step.</summary>
internal static partial class FinalName
{
    private const int AlreadyThere = 17;

    /// <summary>Moves the file. Without <paramref name="replace"/>, of several that take one name at once a single one gets it.</summary>
    /// <exception cref="IOException">The name is taken, or the file system refused.</exception>
    public static void Take(string temporary, string name, bool replace)
    {
        // On Unix File.Move looks first and renames then; a second name for the same file is made or refused in one step.
        if (replace || OperatingSystem.IsWindows())
        {
            File.Move(temporary, name, replace);
        }
        else if (Link(temporary, name) == 0)
        {
            File.Delete(temporary);
        }
        else if (Marshal.GetLastPInvokeError() == AlreadyThere)
        {
            throw new IOException($"The file '{name}' exists already.");
        }
        else
        {
            // A file system without second names.
            File.Move(temporary, name, overwrite: false);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string added);
}
