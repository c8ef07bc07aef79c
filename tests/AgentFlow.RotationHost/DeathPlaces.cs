using System.Diagnostics;
using System.Text;

namespace AgentFlow.RotationHost;

/// <summary>
/// The places at which the process could die: before and after each journal write, each change of the slot and each outside call. It
/// says each as it passes and kills itself (SIGKILL) at the one that it was told: no finally, no flush, nothing.
/// </summary>
/// <param name="command">What the process was asked to do; part of each place's name.</param>
/// <param name="dieAt">The number of a place, from 1; 0 for none.</param>
/// <param name="dieIn">Names of places; it dies at the first that it meets.</param>
/// <param name="say">Where the names go; null says none.</param>
internal sealed class DeathPlaces(string command, int dieAt, IReadOnlySet<string> dieIn, Stream? say)
{
    /// <summary>What the line of a place begins with.</summary>
    public const char Mark = '@';

    private const int CountedReads = 2;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _met = [];
    private string _state = "None";
    private string _since = string.Empty;
    private int _count;

    public int Count => _count;

    /// <summary>The rotation's state, as the journal has it: the same call is another place in another state.</summary>
    public void Enter(string state)
    {
        lock (_lock)
        {
            _state = state;
            _since = string.Empty;
        }
    }

    /// <summary>
    /// The place before a call; gives the name of the place after it. A write is known by its state, a read also by the write before it,
    /// and each by how often it came there before. How often a poll reads is chance, so reads beyond the second are one place.
    /// </summary>
    /// <param name="call">What is asked of whom.</param>
    /// <param name="reads">It changes nothing outside.</param>
    public string Before(string call, bool reads)
    {
        string name;
        lock (_lock)
        {
            name = $"{command} {_state}{(reads ? _since : string.Empty)}: {call}";
            int number = _met[name] = _met.GetValueOrDefault(name) + 1;
            name += number == 1 ? string.Empty : reads && number > CountedReads ? " again" : $" #{number}";
            if (!reads)
            {
                _since = $", after {call}";
            }
        }

        Pass($"before {name}");
        return $"after {name}";
    }

    /// <summary>The place after a call.</summary>
    public void After(string name) => Pass(name);

    private void Pass(string name)
    {
        lock (_lock)
        {
            _count++;
            if (say is not null)
            {
                say.Write(Encoding.UTF8.GetBytes($"{Mark}{name}\n"));
                say.Flush();
            }

            if (_count != dieAt && !dieIn.Contains(name))
            {
                return;
            }

            Process.GetCurrentProcess().Kill();
            new ManualResetEventSlim().Wait(CancellationToken.None);
        }
    }
}
