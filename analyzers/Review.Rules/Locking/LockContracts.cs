using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Locking;

/// <summary>
/// How the functions of one file go about mmap_lock; followed when somebody asks, each once. Several rules and functions may ask at once.
/// </summary>
internal sealed class LockContracts(TranslationUnit unit, FunctionFacts facts, MmapLockModeFacts modes, MmapLockNeeds own)
{
    /// <summary>Functions followed one below the other; chains of calls of a hostile file may be long.</summary>
    private const int MaximumDepth = 16;

    private static readonly IReadOnlySet<string> Nothing = new HashSet<string>();

    private readonly Dictionary<string, FunctionDefinition> functions = unit.Functions.DistinctBy(static function => function.Name).ToDictionary(static function => function.Name);
    private readonly Dictionary<string, LockBalance?> balances = [];
    private readonly Dictionary<string, EffectTrail> needs = [];
    private readonly Dictionary<string, NotAnalysedException> unknown = [];
    private readonly Lock access = new();
    private int depth;

    /// <summary>Whether calls take and drop the lock.</summary>
    public FunctionFacts Facts => facts;

    /// <summary>The balances of a file.</summary>
    public static LockContracts Of(AnalysisContext context)
    {
        var facts = MmapLockFacts.Of(context).Functions;
        var modes = MmapLockModeFacts.Of(context);
        var needed = MmapLockNeeds.Of(context);
        return context.Facts.Get(unit => new LockContracts(unit, facts, modes, needed));
    }

    /// <summary>The paths of a function; null if they do not touch the lock, or cannot be followed as those of one lock.</summary>
    /// <exception cref="NotAnalysedException">It has too many paths.</exception>
    public LockBalance? Of(FunctionDefinition function)
    {
        lock (access)
        {
            return unknown.TryGetValue(function.Name, out var exception) ? throw exception
                : balances.TryGetValue(function.Name, out var known) ? known
                : Follow(function);
        }
    }

    /// <summary>True if what the function does is inferred from its body, not told by the table.</summary>
    public bool IsFollowed(string function) => functions.ContainsKey(function) && !MmapLockFacts.IsTold(function);

    /// <summary>What a call needs; for a function of the file, what it needs before its paths part.</summary>
    public EffectTrail NeedsOf(CallExpression call) =>
        call.Function is { } function && functions.TryGetValue(function.Name, out var definition) && !MmapLockNeeds.IsTold(function.Name) ? NeedsOf(definition, 0) : MmapLockNeeds.Of(call);

    /// <summary>True if a function of the file changes VMAs somewhere below, and leaves the lock to its caller.</summary>
    public bool ChangesVmasBelow(CallExpression call) =>
        call.Function is { } function && functions.TryGetValue(function.Name, out var definition) && !MmapLockNeeds.IsTold(function.Name) && !TouchesLock(definition) && own.Within(definition).Contains(MmapLockNeeds.ChangesVmas);

    /// <summary>True if another function of the file that takes the lock for writing, and never for reading, calls this one.</summary>
    public bool IsCalledForWriting(FunctionSymbol callee, FunctionDefinition caller) => functions.Values.Any(function =>
    {
        var calls = function == caller ? [] : function.Body.DescendantsAndSelf<CallExpression>().ToList();
        var locks = calls.Exists(call => call.Function == callee) ? calls.SelectMany(MmapLockModeFacts.EffectsOf).ToHashSet(StringComparer.Ordinal) : [];
        return locks.Contains(MmapLockModeFacts.LocksForWriting) && !locks.Contains(MmapLockModeFacts.LocksForReading);
    });

    /// <summary>True if a function of the file may do more to the lock than is known.</summary>
    public bool IsUnsure(CallExpression call)
    {
        try
        {
            return call.Function is { } function && depth < MaximumDepth && functions.TryGetValue(function.Name, out var definition) && !MmapLockFacts.IsTold(function.Name) && (modes.Functions.EffectsWithin(definition).Contains(MmapLockModeFacts.MayRelease) || (TouchesLock(definition) && Of(definition) is null or { IsUnsure: true }));
        }
        catch (NotAnalysedException)
        {
            return true;
        }
    }

    /// <summary>True if something is wrong with a function of the file already: what follows from that for its callers is not said again.</summary>
    public bool IsInTrouble(CallExpression call)
    {
        if (call.Function is not { } function || !functions.TryGetValue(function.Name, out var definition) || MmapLockFacts.IsTold(function.Name))
        {
            return false;
        }

        try
        {
            return Of(definition) is { } balance && (balance.Defects.Any() || RawConflictsOf(definition, balance).Any());
        }
        catch (NotAnalysedException)
        {
            return true;
        }
    }

    /// <summary>The ways of returning from a function that do not fit together; where the table tells what callers have to expect, it may come back without the lock.</summary>
    public IEnumerable<LockConflict> ConflictsOf(FunctionDefinition function) =>
        Of(function) is not { } balance ? [] : RawConflictsOf(function, balance).Where(conflict => !IsInTrouble(conflict.Exit.State.Since!));

    /// <summary>The effects on modes and needs that a call can have, further down too.</summary>
    public IReadOnlySet<string> Reach(CallExpression call) =>
        call.Function is not { } function ? Nothing
        : functions.TryGetValue(function.Name, out var definition) ? modes.Functions.EffectsWithin(definition)
        : MmapLockModeFacts.EffectsOf(call).ToHashSet(StringComparer.Ordinal);

    /// <summary>True if a function has to be entered with the lock, false if it takes it itself; null if that is not known or depends.</summary>
    public bool? IsEnteredWith(CallExpression call)
    {
        if (call.Function is not { } function || !functions.TryGetValue(function.Name, out var definition))
        {
            return null;
        }

        try
        {
            var exits = depth < MaximumDepth ? Of(definition)?.Exits ?? [] : [];
            return exits.Any(static exit => exit.BeganWith) ? (exits.Any(static exit => exit.BeganWithout) ? null : true)
                : exits.Any(static exit => exit.BeganWithout) ? false
                : null;
        }
        catch (NotAnalysedException)
        {
            return null;
        }
    }

    private EffectTrail NeedsOf(FunctionDefinition function, int level)
    {
        lock (access)
        {
            if (needs.TryGetValue(function.Name, out var known))
            {
                return known;
            }

            if (level > MaximumDepth || TouchesLock(function) || !own.Within(function).Contains(MmapLockNeeds.Needs))
            {
                return EffectTrail.Empty;
            }

            needs[function.Name] = EffectTrail.Empty;
            var graph = ControlFlowGraph.Create(function);
            var calls = new List<CallExpression>();
            for (var block = graph.Entry; block is not null && block != graph.Exit; block = block.Successors is [var only] && only.To.Index > block.Index ? only.To : null)
            {
                calls.AddRange(block.Nodes.OfType<CallExpression>());
            }

            return needs[function.Name] = EffectTrail.Of(calls.SelectMany(call =>
                call.Function is { } callee && functions.TryGetValue(callee.Name, out var below) && !MmapLockNeeds.IsTold(callee.Name) ? NeedsOf(below, level + 1) : MmapLockNeeds.Of(call)));
        }
    }

    private IEnumerable<LockConflict> RawConflictsOf(FunctionDefinition function, LockBalance balance) =>
        LockConflict.Find(balance.Exits, function.Symbol.Signature?.Result.Canonical is PointerType).Where(conflict => conflict.Kind is not (LockConflictKind.Dropped or LockConflictKind.OtherMode) || !(IsFaultHandler(function) || MmapLockFacts.IsTold(function.Name) || HandsFlagOn(conflict.Exit.State.Since!)));

    /// <summary>True for code below handle_mm_fault(): whether the lock was dropped is told by the bits of a vm_fault_t there, or by a file to wait for.</summary>
    private static bool IsFaultHandler(FunctionDefinition function) =>
        function.Symbol.Signature?.Result.Spelling == "vm_fault_t" || function.Parameters.Any(static parameter => parameter.Type.IsPointerTo("vm_fault"));

    private LockBalance? Follow(FunctionDefinition function)
    {
        // Whoever asks again on the way down, in a recursion, gets no answer.
        balances[function.Name] = null;
        if (!TouchesLock(function) || NamesSeveralLocks(function) || UsesVmaLocks(function))
        {
            return null;
        }

        depth++;
        try
        {
            var balance = new LockBalance(function, this);
            balance.Run();
            balances[function.Name] = balance;
            return balance;
        }
        catch (NotAnalysedException exception)
        {
            unknown[function.Name] = exception;
            throw;
        }
        finally
        {
            depth--;
        }
    }

    /// <summary>True if a function of the file gets the place where its caller's caller looks: whoever gets it is to set it, and a finding is there.</summary>
    private bool HandsFlagOn(CallExpression call) => call.Function is { } function && functions.ContainsKey(function.Name)
        && call.Arguments.Any(static argument => argument.Unwrapped is NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter, Type.Pointee: IntegerType } });

    private bool TouchesLock(FunctionDefinition function) => Facts.EffectsWithin(function) is var effects && (effects.Contains(MmapLockFacts.Takes) || effects.Contains(MmapLockFacts.Drops));

    /// <summary>True if the function has VMAs under a lock of their own, which stands in for mmap_lock.</summary>
    private static bool UsesVmaLocks(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf<CallExpression>().Any(static call => call.Function?.Name is "lock_vma_under_rcu" or "vma_start_read" or "vma_end_read");

    /// <summary>True if the function spells locks of several address spaces.</summary>
    private bool NamesSeveralLocks(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf<CallExpression>().SelectMany(LocksOf).Select(Spelling).Distinct(StringComparer.Ordinal).Skip(1).Any();

    /// <summary>The arguments that say whose lock a call takes or releases, itself or in a function of the file.</summary>
    private IEnumerable<Expression> LocksOf(CallExpression call) =>
        MmapLockModeFacts.EffectsOf(call).Any(MmapLockModeFacts.IsMode) ? call.Arguments.Where(static argument => argument.Type.Canonical is PointerType && !argument.Type.IsPointerTo("vm_area_struct")).Take(1)
        : call.Function is { } function && functions.TryGetValue(function.Name, out var definition) && TouchesLock(definition) ? call.Arguments.Where(static argument => argument.Type.IsPointerTo("mm_struct"))
        : [];

    private string Spelling(Expression argument)
    {
        var expression = argument.Unwrapped;
        if (expression is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: MemberExpression member })
        {
            expression = member.Target.Unwrapped;
        }

        return unit.Text.Slice(expression.Span);
    }
}
