using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;
using Review.Rules.Locking;

namespace Review.Rules.Vma;

/// <summary>Why a VMA must not be touched any more.</summary>
internal enum VmaDeath
{
    /// <summary>mmap_lock was dropped: another thread may have freed it.</summary>
    LockDropped,

    /// <summary>It was merged into another one.</summary>
    Replaced,
}

/// <summary>The end of a VMA's life, and the call that ended it.</summary>
internal sealed record Death(VmaDeath Kind, CallExpression Call)
{
    public string Name => Call.Function?.Name ?? Call.Operation?.Name ?? "a call";
}

/// <summary>What a path knows of the VMAs and files it holds.</summary>
/// <param name="Dead">VMAs that must not be touched any more.</param>
/// <param name="References">Files whose reference this function has taken, with the call that took it.</param>
/// <param name="Released">Files whose reference this function has given back, with the call.</param>
/// <param name="Drop">The last call that dropped mmap_lock, if any did.</param>
internal sealed record VmaState(
    EquatableMap<Value, Death> Dead, EquatableMap<Value, CallExpression> References, EquatableMap<Value, CallExpression> Released, CallExpression? Drop)
{
    public static readonly VmaState Initial = new(
        EquatableMap<Value, Death>.Empty, EquatableMap<Value, CallExpression>.Empty, EquatableMap<Value, CallExpression>.Empty, null);

    /// <summary>Forgets what is said of a value that was just made anew.</summary>
    public VmaState Renew(Value value) => this with { Dead = Dead.Without(value), References = References.Without(value), Released = Released.Without(value) };
}

/// <summary>
/// Follows the VMAs that a function holds. When mmap_lock is dropped, every VMA known so far may be
/// freed by another thread; what is looked up afterwards is good again. VMAs that other locks protect (found through the
/// reverse map, or under their own lock) are left out.
/// </summary>
internal abstract class VmaLifetime(ControlFlowGraph graph, FunctionFacts facts) : PathAnalysis<VmaState>(graph)
{
    private const string Vma = "vm_area_struct";

    /// <summary>Functions whose result does not depend on mmap_lock.</summary>
    private static readonly HashSet<string> ProtectedOtherwise = new(StringComparer.Ordinal)
    {
        "vma_interval_tree_iter_first", "vma_interval_tree_iter_next", "anon_vma_interval_tree_iter_first", "anon_vma_interval_tree_iter_next",
        "lock_vma_under_rcu", "get_gate_vma", "vm_area_alloc", "vm_area_dup",
    };

    /// <summary>The variables that only ever hold VMAs which other locks protect, by their assignments.</summary>
    private readonly HashSet<VariableSymbol> protectedVariables = [.. graph.Function.Body.DescendantsAndSelf().Select(ProtectedBy).OfType<VariableSymbol>()];

    /// <summary>Follows the function's paths.</summary>
    public void Run() => Run(VmaState.Initial);

    /// <summary>Why a VMA must not be touched any more, or null if it is good.</summary>
    protected static Death? DeathOf(Path<VmaState> path, Value vma) => path.Protocol.Dead[vma];

    /// <summary>For a file or name that was read from a VMA without a reference of its own, the VMA.</summary>
    protected static Value? OwnerOf(Value value) =>
        value is UnknownValue { Source: InitialContent { Place: FieldPlace { Field: { Record: Vma, Name: "vm_file" or "anon_name" }, Container: PointeePlace owner } } }
            ? owner.Pointer
            : null;

    protected override IEnumerable<Path<VmaState>> Visit(Path<VmaState> path, Node node)
    {
        if (node is not CallExpression call)
        {
            return base.Visit(path, node);
        }

        return facts.Apply(path.State, call).Select(next =>
        {
            var protocol = path.Protocol.Renew(new UnknownValue(call));
            foreach (var (_, value) in next.State.Contents)
            {
                if (value is UnknownValue { Generation: 0, Source: WrittenBy by } && by.Node == call)
                {
                    protocol = protocol.Renew(value);
                }
            }

            if (next.Outcome?.Has(MmapLockFacts.Drops) == true)
            {
                protocol = Kill(protocol, KnownVmas(path.State), new Death(VmaDeath.LockDropped, call)) with { Drop = call };
            }

            foreach (var (verb, parameter) in next.Outcome?.OnParameters ?? [])
            {
                if (verb == MmapLockFacts.Replaces && parameter < call.Arguments.Length && ExpressionSemantics.Evaluate(path.State, call.Arguments[parameter]) is UnknownValue vma)
                {
                    protocol = Kill(protocol, [vma], new Death(VmaDeath.Replaced, call));
                }
            }

            return new Path<VmaState>(next.State, protocol);
        });
    }

    protected override VmaState Simplify(VmaState protocol, PathState state)
    {
        bool IsMentioned(Value value) => value is UnknownValue unknown && (unknown.Source is InitialContent || state.Mentions(unknown));
        return protocol with { Dead = protocol.Dead.Where(IsMentioned), Released = protocol.Released.Where(IsMentioned) };
    }

    private static VmaState Kill(VmaState protocol, IEnumerable<Value> vmas, Death death)
    {
        var dead = protocol.Dead;
        foreach (var vma in vmas)
        {
            if (!dead.Contains(vma))
            {
                dead = dead.With(vma, death);
            }
        }

        return protocol with { Dead = dead };
    }

    /// <summary>All VMAs that the function may still name.</summary>
    private IEnumerable<Value> KnownVmas(PathState state)
    {
        foreach (var parameter in Graph.Function.Parameters)
        {
            var initial = new UnknownValue(new InitialContent(new VariablePlace(parameter)));
            if (parameter.Type.IsPointerTo(Vma))
            {
                yield return initial;
            }
            else if (parameter.Type.IsPointerToPointerTo(Vma))
            {
                yield return new UnknownValue(new InitialContent(new PointeePlace(initial)));
            }
        }

        foreach (var (place, value) in state.Contents)
        {
            if (value is UnknownValue && HoldsVma(place))
            {
                yield return value;
            }

            if (OwnerOf(value) is UnknownValue owner)
            {
                yield return owner;
            }
        }
    }

    private bool HoldsVma(Place place) => place switch
    {
        VariablePlace { Variable: var variable } => variable.Type.IsPointerTo(Vma) && !protectedVariables.Contains(variable),
        PointeePlace { Pointer: UnknownValue { Source: InitialContent { Place: VariablePlace pointer } } } => pointer.Variable.Type.IsPointerToPointerTo(Vma),
        _ => false,
    };

    private static VariableSymbol? ProtectedBy(Node node)
    {
        var (variable, value) = node switch
        {
            LocalDeclaration declaration => (declaration.Symbol, declaration.Initializer),
            AssignmentExpression { Target: NameExpression { Symbol: VariableSymbol target }, Compound: null } assignment => (target, assignment.Value),
            _ => ((VariableSymbol?)null, (Expression?)null),
        };
        return value?.Unwrapped is CallExpression { Function: { } function } && ProtectedOtherwise.Contains(function.Name) ? variable : null;
    }
}
