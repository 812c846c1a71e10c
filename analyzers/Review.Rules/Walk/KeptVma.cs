using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;
using Review.Rules.Locking;
using Review.Rules.Vma;

namespace Review.Rules.Walk;

/// <summary>mmap_lock is dropped and taken again, and the function goes on with the VMA from before without looking it up.</summary>
internal sealed class KeptVma : VmaLifetime
{
    private readonly Dictionary<CallExpression, (CallExpression Drop, Expression Use)> found = [];
    private readonly Dictionary<Node, BasicBlock> blocks = [];

    private KeptVma(FunctionAnalysisContext context)
        : base(context.Function, MmapLockFacts.Of(context).Functions)
    {
        foreach (var block in Graph.Blocks)
        {
            foreach (var node in block.Nodes)
            {
                blocks[node] = block;
            }
        }
    }

    /// <summary>The calls that take the lock again, each with the call that dropped it and the first use of a VMA from before.</summary>
    public static IEnumerable<(CallExpression Retake, CallExpression Drop, Expression Use)> In(FunctionAnalysisContext context)
    {
        var facts = MmapLockFacts.Of(context);
        if (!Concerns(context.Function) || !facts.MayKill(context.Function) || !facts.Functions.EffectsWithin(context.Function).Contains(MmapLockFacts.Takes))
        {
            return [];
        }

        var analysis = new KeptVma(context);
        analysis.Run();
        return analysis.found.OrderBy(static pair => pair.Key.Span.Start).Select(static pair => (pair.Key, pair.Value.Drop, pair.Value.Use));
    }

    protected override IEnumerable<Path<VmaState>> Visit(Path<VmaState> path, Node node)
    {
        switch (node)
        {
            case MemberExpression { IsArrow: true } member:
                Check(path, member.Target);
                break;
            case CallExpression call:
                foreach (var argument in call.Arguments)
                {
                    Check(path, argument);
                }

                break;
        }

        return base.Visit(path, node);
    }

    private void Check(Path<VmaState> path, Expression pointer)
    {
        if (pointer.Type.IsPointerTo("vm_area_struct") && DeathOf(path, ExpressionSemantics.Evaluate(path.State, pointer)) is { Kind: VmaDeath.LockDropped } death && RetakeBetween(death.Call, pointer) is { } retake)
        {
            _ = found.TryAdd(retake, (death.Call, pointer));
        }
    }

    /// <summary>A call between the drop and the use that takes the lock; the drop itself if it does both.</summary>
    private CallExpression? RetakeBetween(CallExpression drop, Expression use) =>
        blocks.Keys.OfType<CallExpression>()
            .Where(call => call.Function is { } function && Facts.OutcomesOf(function.Name).Any(static outcome => outcome.Has(MmapLockFacts.Takes)) && (call == drop ? TakesLast(call) : Leads(drop, call)) && Leads(call, use))
            .OrderBy(static call => call.Span.Start)
            .FirstOrDefault();

    /// <summary>True if a call can end with the lock taken after it was dropped.</summary>
    private bool TakesLast(CallExpression call) => Facts.OutcomesOf(call.Function!.Name).Any(static outcome => outcome.Has(MmapLockFacts.Drops) && outcome.Effects.Last() == MmapLockFacts.Takes);

    private bool Leads(Node from, Node to)
    {
        if (!blocks.TryGetValue(from, out var start) || BlockOf(to) is not { } end)
        {
            return false;
        }

        if (start == end && from.Span.Start < to.Span.Start)
        {
            return true;
        }

        var reached = new HashSet<BasicBlock>();
        var work = new Stack<BasicBlock>(start.Successors.Select(static edge => edge.To));
        while (work.TryPop(out var block))
        {
            if (block == end)
            {
                return true;
            }

            if (reached.Add(block))
            {
                foreach (var edge in block.Successors)
                {
                    work.Push(edge.To);
                }
            }
        }

        return false;
    }

    /// <summary>The block in which a node, or the expression around it, is evaluated.</summary>
    private BasicBlock? BlockOf(Node node) =>
        blocks.TryGetValue(node, out var block) ? block : node.Ancestors().Select(blocks.GetValueOrDefault).FirstOrDefault(static around => around is not null);
}
