using System.Globalization;

namespace AgentFlow.Shell;

/// <summary>
/// The invariant culture that says it writes English. The engine breaks lines at words only in cultures whose language it knows,
/// and in invariant mode, which needs no ICU on the machine, none has a language.
/// </summary>
internal sealed class WordCulture() : CultureInfo(string.Empty)
{
    public override string TwoLetterISOLanguageName => "en";
}
