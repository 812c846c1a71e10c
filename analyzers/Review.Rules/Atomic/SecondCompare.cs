using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Atomic;

/// <summary>How far a path has come with a page table entry that it compares with an earlier copy.</summary>
/// <param name="Compared">The comparison under the lock; null as long as there was none.</param>
/// <param name="Released">The call that has released the lock since.</param>
/// <param name="Retaken">The call that has taken it again since.</param>
internal sealed record Comparing(CallExpression? Compared, CallExpression? Released, CallExpression? Retaken)
{
    public static readonly Comparing Nothing = new(null, null, null);
}

/// <summary>
/// A fault handler has read a page table entry before it took the lock, and compares the two under the lock: another thread may have changed the entry meanwhile. Where it releases the lock
/// and takes it again it has to compare once more before it writes the entry.
/// </summary>
internal sealed class SecondCompare : PathAnalysis<Comparing>
{
    private readonly string entry;
    private readonly Dictionary<CallExpression, Comparing> found = [];

    private SecondCompare(FunctionDefinition function, string entry)
        : base(ControlFlowGraph.Create(function)) => this.entry = entry;

    /// <summary>The writes of an entry that nobody has compared since the lock was taken again.</summary>
    public static IEnumerable<(CallExpression Write, Comparing Path)> In(FunctionDefinition function)
    {
        var calls = function.Body.DescendantsAndSelf<CallExpression>().ToList();
        if (!calls.Exists(IsRelease) || !calls.Exists(IsTake))
        {
            return [];
        }

        var entries = calls.Where(IsComparison).SelectMany(static call => call.Arguments).SelectMany(EntriesIn).Distinct(StringComparer.Ordinal).ToList();
        return entries.SelectMany(entry => new SecondCompare(function, entry).Find()).DistinctBy(static pair => pair.Path.Retaken);
    }

    protected override IEnumerable<Path<Comparing>> Visit(Path<Comparing> path, Node node) => base.Visit(node is CallExpression call ? path.At(Move(path.Protocol, call)) : path, node);

    protected override Path<Comparing>? Follow(Path<Comparing> path, FlowEdge edge)
    {
        // Whatever else the code asks the entry, it has looked.
        var isLook = path.Protocol.Retaken is not null && edge.Condition is BranchCondition { Expression: var condition } && EntriesIn(condition).Contains(entry);
        return base.Follow(isLook ? path.At(Comparing.Nothing) : path, edge);
    }

    private IEnumerable<(CallExpression Write, Comparing Path)> Find()
    {
        Run(Comparing.Nothing);
        return found.Select(static pair => (pair.Key, pair.Value)).OrderBy(static pair => pair.Key.Span.Start);
    }

    private Comparing Move(Comparing state, CallExpression call)
    {
        if (IsComparison(call) && call.Arguments.SelectMany(EntriesIn).Contains(entry))
        {
            return new Comparing(call, null, null);
        }

        if (state.Compared is null)
        {
            return state;
        }

        if (IsRelease(call))
        {
            return state with { Released = call, Retaken = null };
        }

        if (state.Released is { } released && IsTake(call) && LockOf(call) == LockOf(released))
        {
            return state with { Retaken = call };
        }

        if (state.Retaken is not null && !IsWrite(call) && call.Type.Canonical is IntegerType && call.Arguments.Select(PlaceOf).OfType<string>().Any(place => entry == place || entry.StartsWith(place + ".", StringComparison.Ordinal)))
        {
            // Whoever gets the entry, or the record that it lies in, and answers may have looked.
            return Comparing.Nothing;
        }

        if (state.Retaken is not null && IsWrite(call) && call.Arguments.Any(argument => PlaceOf(argument) == entry))
        {
            _ = found.TryAdd(call, state);
        }

        return state;
    }

    private static bool IsComparison(CallExpression call) => call.Function?.Name is "pte_same" or "pmd_same" or "pud_same";

    /// <summary>A page table lock is named by a pointer, not by the record that it lies in.</summary>
    private static bool IsRelease(CallExpression call) => call is { Function.Name: "spin_unlock", Arguments: [var @lock] } && PlaceOf(@lock) is not null;

    private static bool IsTake(CallExpression call) => call.Function?.Name switch
    {
        "spin_lock" => call.Arguments is [var @lock] && PlaceOf(@lock) is not null,
        "pmd_lock" or "pud_lock" or "huge_pte_lock" or "pte_offset_map_lock" or "__pte_offset_map_lock" => true,
        _ => false,
    };

    /// <summary>The place of the lock that a call takes or releases: its argument, or where its result or one of its arguments leaves it.</summary>
    private static string? LockOf(CallExpression call)
    {
        if (call.Function?.Name is "spin_lock" or "spin_unlock")
        {
            return PlaceOf(call.Arguments[0]);
        }

        var left = call.Arguments.Select(static argument => argument.Unwrapped).OfType<UnaryExpression>().FirstOrDefault(static address => address.Operator == UnaryOperator.AddressOf && IsPointerToLock(address.Operand.Type));
        return left is not null ? PlaceOf(left.Operand)
            : call.Ancestors().FirstOrDefault(static outer => outer is not CastExpression) is AssignmentExpression { Compound: null } assignment ? PlaceOf(assignment.Target)
            : null;
    }

    private static bool IsPointerToLock(CType type) => type.IsPointerTo("spinlock") || type.IsPointerTo("spinlock_t");

    private static bool IsWrite(CallExpression call) => call.Function?.Name is { } name
        && (name is "set_pte_at" or "set_pmd_at" or "set_pud_at" or "set_ptes" or "set_huge_pte_at"
            || name.StartsWith("ptep_", StringComparison.Ordinal) || name.StartsWith("pmdp_", StringComparison.Ordinal) || name.StartsWith("huge_ptep_set", StringComparison.Ordinal))
        && !name.EndsWith("_get", StringComparison.Ordinal) && !name.EndsWith("_get_lockless", StringComparison.Ordinal);

    /// <summary>The entries that an expression reads through their pointers.</summary>
    private static IEnumerable<string> EntriesIn(Expression expression) =>
        expression.DescendantsAndSelf<Expression>().Where(static part => part.Type.IsPointerTo("pte_t") || part.Type.IsPointerTo("pmd_t") || part.Type.IsPointerTo("pud_t")).Select(PlaceOf).OfType<string>();

    /// <summary>A name for a variable or a member of what one points to; null for other expressions.</summary>
    private static string? PlaceOf(Expression expression) => expression.Unwrapped switch
    {
        NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } => $"{variable.Name}@{variable.Span.Start}",
        MemberExpression { IsArrow: true } member => PlaceOf(member.Target) is { } container ? $"{container}.{member.Field.Name}" : null,
        _ => null,
    };
}
