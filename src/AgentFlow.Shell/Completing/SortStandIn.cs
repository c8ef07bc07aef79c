using System.Management.Automation;

namespace AgentFlow.Shell.Completing;

/// <summary>Sorts what is piped by properties, case-blind, and can drop doubles.</summary>
public sealed class SortStandIn : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    /// <summary>Names of the properties, the first one first.</summary>
    [Parameter(Mandatory = true)]
    public string[] Property { get; set; } = [];

    /// <summary>One of those that are equal in all properties.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>One item.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _items.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PSObject? last = null;
        foreach (PSObject item in _items.Order(Comparer<PSObject>.Create(Compare)))
        {
            if (!Unique || last is null || Compare(last, item) != 0)
            {
                WriteObject(item);
            }

            last = item;
        }
    }

    private int Compare(PSObject left, PSObject right)
    {
        foreach (string name in Property)
        {
            int order = LanguagePrimitives.Compare(left.Properties[name]?.Value, right.Properties[name]?.Value, ignoreCase: true);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
