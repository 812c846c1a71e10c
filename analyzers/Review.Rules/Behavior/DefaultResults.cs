using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Behavior;

/// <summary>What a function returns on the paths through the default of one of its switches.</summary>
internal sealed class DefaultResults : PathAnalysis<bool>
{
    private readonly SwitchStatement @switch;
    private readonly HashSet<long> constants = [];
    private bool mayBeOther;
    private bool areErrors = true;

    private DefaultResults(FunctionDefinition function, SwitchStatement @switch)
        : base(ControlFlowGraph.Create(function)) => this.@switch = @switch;

    /// <summary>True if every path ends in an error code.</summary>
    public bool AreErrors => areErrors && (mayBeOther || constants.Count > 0);

    /// <summary>The one number that all paths return; null if there is none.</summary>
    public long? Constant => !mayBeOther && constants.Count == 1 ? constants.Single() : null;

    /// <summary>Follows the paths of the function.</summary>
    public static DefaultResults Of(FunctionDefinition function, SwitchStatement @switch)
    {
        var results = new DefaultResults(function, @switch);
        results.Run(initial: false);
        return results;
    }

    protected override Path<bool>? Follow(Path<bool> path, FlowEdge edge) =>
        base.Follow(path, edge) is { } next
            ? edge.Condition is SwitchCondition { IsDefault: true } taken && taken.Subject == @switch.Subject ? next with { Protocol = true } : next
            : null;

    protected override void AtExit(Path<bool> path, ReturnStatement? @return)
    {
        if (!path.Protocol)
        {
            return;
        }

        var value = @return?.Value is null ? null : path.State.Read(ResultPlace.Instance);
        if (value is ConstantValue { Number: var number })
        {
            _ = constants.Add(number);
        }
        else
        {
            mayBeOther = true;
        }

        areErrors &= value is not null && path.State.FactOf(value).Signs == Signs.Negative;
    }
}
