using Review.Core.Dependencies;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Locking;

/// <summary>
/// How the functions of one file go about mmap_lock; followed when somebody asks, each once. Several rules and functions may ask at once.
/// </summary>
internal sealed class LockContracts(TranslationUnit unit, UnitFacts shared, FunctionFacts facts, MmapLockModeFacts modes, MmapLockNeeds own)
{
    /// <summary>Functions followed one below the other; chains of calls of a hostile file may be long.</summary>
    private const int MaximumDepth = 16;

    private static readonly string[] LockWords = ["lock", "_start", "_begin"];

    private static readonly IReadOnlySet<string> Nothing = new HashSet<string>();

    private readonly FactMemo<string, LockBalance?> balances = new();
    private readonly FactMemo<string, EffectTrail> needs = new();
    private readonly FactMemo<string, int> circles = new();
    private int depth;

    /// <summary>Whether calls take and drop the lock.</summary>
    public FunctionFacts Facts => facts;

    /// <summary>The balances of a file.</summary>
    public static LockContracts Of(AnalysisContext context) =>
        context.Facts.Get(static (unit, facts) => new LockContracts(unit, facts, MmapLockFacts.Of(facts).Functions, MmapLockModeFacts.Of(facts), MmapLockNeeds.Of(facts)));

    /// <summary>The paths of a function; null if they do not touch the lock, or cannot be followed as those of one lock.</summary>
    /// <exception cref="NotAnalysedException">It has too many paths.</exception>
    /// <remarks>Functions that call each other in a circle are followed first, in source order: what is found does not depend on who asks first.</remarks>
    public LockBalance? Of(FunctionDefinition function)
    {
        _ = facts.CircleOf(function.Name);
        _ = ReadAccount.Apart(() => circles.Get("", () => facts.Circles.Count(IsFollowable), static () => 0));
        return Balance(function);
    }

    private LockBalance? Balance(FunctionDefinition function) => balances.Get(function.Name, () => Follow(function), static () => null);

    private bool IsFollowable(string function)
    {
        try
        {
            return unit.Find(function) is { } definition && Balance(definition) is not null;
        }
        catch (NotAnalysedException)
        {
            return false;
        }
    }

    /// <summary>True if what the function does is inferred from its body, not told by the table.</summary>
    public bool IsFollowed(string function) => unit.Find(function) is not null && !MmapLockFacts.IsTold(function);

    /// <summary>What a call needs; for a function of the file, what it needs before its paths part.</summary>
    public EffectTrail NeedsOf(CallExpression call) =>
        IsNeedy(call) ? EffectTrail.Of(shared.Ask(this, call.Function!.Name, static (contracts, function) => contracts.NeedsOf(function).ToList())) : MmapLockNeeds.Of(call);

    /// <summary>True if a function of the file changes VMAs somewhere below, and leaves the lock to its caller.</summary>
    public bool ChangesVmasBelow(CallExpression call) =>
        IsNeedy(call) && unit.Find(call.Function!.Name)! is var definition && !TouchesLock(definition) && own.Within(definition).Contains(MmapLockNeeds.ChangesVmas);

    /// <summary>True if what a call needs follows from the body of a function of the file.</summary>
    private bool IsNeedy(CallExpression call) => call.Function is { } function && unit.Find(function.Name) is not null && !MmapLockNeeds.IsTold(function.Name);

    /// <summary>True if another function of the file that takes the lock for writing, and never for reading, calls this one.</summary>
    public bool IsCalledForWriting(FunctionSymbol callee, FunctionDefinition caller) =>
        shared.Ask(this, (Callee: callee.Name, Caller: caller.Name), static (contracts, it) => contracts.IsCalledForWriting(it.Callee, it.Caller));

    private bool IsCalledForWriting(string callee, string caller) => unit.Functions.Any(function =>
    {
        var calls = function.Name == caller ? [] : function.Body.DescendantsAndSelf<CallExpression>().ToList();
        var locks = calls.Exists(call => call.Function?.Name == callee) ? calls.SelectMany(ModesOf).ToHashSet(StringComparer.Ordinal) : [];
        return locks.Contains(MmapLockModeFacts.LocksForWriting) && !locks.Contains(MmapLockModeFacts.LocksForReading);
    });

    /// <summary>What a call does to the lock, itself or in a helper of the file that takes it and leaves it to its caller to give it back.</summary>
    private IEnumerable<string> ModesOf(CallExpression call)
    {
        var direct = MmapLockModeFacts.EffectsOf(call);
        return direct.IsEmpty && call.Function is { } function && IsFollowed(function.Name) && modes.Functions.EffectsOf(function.Name) is { Count: 1 } only ? only : direct;
    }

    /// <summary>True if a function of the file may do more to the lock than is known.</summary>
    public bool IsUnsure(CallExpression call) =>
        call.Function is { } function && MayDescend() && IsFollowed(function.Name) && shared.Ask(this, function.Name, static (contracts, function) => contracts.IsUnsure(function));

    private bool IsUnsure(string function)
    {
        try
        {
            var definition = unit.Find(function)!;
            return modes.Functions.EffectsWithin(definition).Contains(MmapLockModeFacts.MayRelease) || (TouchesLock(definition) && Of(definition) is null or { IsUnsure: true });
        }
        catch (NotAnalysedException)
        {
            return true;
        }
    }

    /// <summary>True if something is wrong with a function of the file already: what follows from that for its callers is not said again.</summary>
    public bool IsInTrouble(CallExpression call) =>
        call.Function is { } function && IsFollowed(function.Name) && shared.Ask(this, function.Name, static (contracts, function) => contracts.IsInTrouble(function));

    private bool IsInTrouble(string function)
    {
        // Trouble further down is trouble: what one function leaves wrong, those that return with it leave wrong, too.
        var seen = new HashSet<string>(StringComparer.Ordinal) { function };
        var open = new Queue<string>(seen);
        try
        {
            while (open.TryDequeue(out var next))
            {
                var definition = unit.Find(next)!;
                if (Of(definition) is not { } balance)
                {
                    continue;
                }

                if (balance.Defects.Any() || RawConflictsOf(definition, balance).Any() || KeptForNobody(definition) is not null)
                {
                    return true;
                }

                foreach (var below in balance.Exits.Select(static exit => exit.State.Since?.Function?.Name).OfType<string>().Where(IsFollowed).Where(seen.Add))
                {
                    open.Enqueue(below);
                }
            }

            return false;
        }
        catch (NotAnalysedException)
        {
            return true;
        }
    }

    /// <summary>The ways of returning from a function that do not fit together; where the table tells callers to expect that, it may come back without the lock.</summary>
    public IEnumerable<LockConflict> ConflictsOf(FunctionDefinition function) =>
        Of(function) is not { } balance ? [] : RawConflictsOf(function, balance).Where(conflict => !IsInTrouble(conflict.Exit.State.Since!));

    /// <summary>
    /// A way of returning from a function that takes the lock and releases it on no path, although nobody else is there to do it: it is a system call, or a function
    /// none of whose callers here releases the lock and of which those in other files have no reason to expect one. Where it leaves a note in memory, somebody may find it there.
    /// </summary>
    public LockExit? KeptForNobody(FunctionDefinition function) =>
        Of(function) is { } balance && balance.Exits.Where(static exit => exit.BeganWithout).ToList() is { Count: > 0 } exits
        && !EndsByTaking(function)
        && exits.TrueForAll(exit => LockState.IsHeld(exit.State.Now) && exit.State.Since?.Function?.Name is { } taker
            && (unit.Find(taker) is { } helper ? EndsByTaking(helper) || IsEnteredWith(exit.State.Since) == true : taker.StartsWith("mmap_", StringComparison.Ordinal)))
        && (IsSystemCall(function) || (!LeavesNote(function) && (function.Symbol.IsStatic || !SpeaksOfLock(function)) && IsReleasedByNoCaller(function)))
            ? exits[0] : null;

    /// <summary>True for a function whose last step is to take the lock, itself or by such a function: it is there for that, and whoever calls it has to give the lock back.</summary>
    private bool EndsByTaking(FunctionDefinition function)
    {
        var seen = new HashSet<FunctionDefinition>();
        for (var last = function; last is not null && seen.Add(last);)
        {
            if (last.Body.Statements.LastOrDefault(static statement => statement is not ReturnStatement { Value: null or { Constant: not null } }) is not ExpressionStatement { Expression: CallExpression { Function: { } callee } call })
            {
                return false;
            }

            if (MmapLockModeFacts.EffectsOf(call).Any(static effect => effect is MmapLockModeFacts.LocksForReading or MmapLockModeFacts.LocksForWriting))
            {
                return true;
            }

            last = unit.Find(callee.Name);
        }

        return false;
    }

    /// <summary>True for a function that others know by its name for what it does to a lock, or that has a number of theirs to say it in.</summary>
    private static bool SpeaksOfLock(FunctionDefinition function) =>
        Array.Exists(LockWords, word => function.Name.Contains(word, StringComparison.Ordinal)) || function.Parameters.Any(static parameter => parameter.Type.Pointee?.Canonical is IntegerType { IsBool: true } or IntegerType { Size: 4 });

    private static bool LeavesNote(FunctionDefinition function) => function.Body.DescendantsAndSelf<AssignmentExpression>()
        .Any(static assignment => assignment.Target.Unwrapped is MemberExpression { IsArrow: true } or UnaryExpression { Operator: UnaryOperator.Dereference } && assignment.Target.Type.Canonical is IntegerType);

    private bool IsReleasedByNoCaller(FunctionDefinition function)
    {
        // Who calls a function of this file that calls it has got the lock from it, too.
        var seen = new HashSet<FunctionDefinition> { function };
        var open = new Queue<FunctionDefinition>(seen);
        while (open.TryDequeue(out var taker))
        {
            var users = unit.Functions.Where(user => user.Body.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == taker.Symbol)).ToList();
            if ((users.Count == 0 && (taker == function ? function.Symbol.IsStatic : !IsInTable(taker))) || users.Exists(user => IsCalledFromElsewhere(user) || Facts.EffectsWithin(user).Contains(MmapLockFacts.Drops)))
            {
                return false;
            }

            foreach (var user in users.Where(static user => !IsSystemCall(user)).Where(seen.Add))
            {
                open.Enqueue(user);
            }
        }

        return true;
    }

    /// <summary>True for a callback in a table of the file: whoever calls it that way expects no lock of it.</summary>
    private bool IsInTable(FunctionDefinition function) =>
        unit.Globals.Any(global => global.Initializer?.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == function.Symbol) == true);

    /// <summary>True for a function whose callers nobody knows here: one of them may release the lock.</summary>
    private static bool IsCalledFromElsewhere(FunctionDefinition function) => !function.Symbol.IsStatic && !IsSystemCall(function);

    private static bool IsSystemCall(FunctionDefinition function) => function.Name.StartsWith("__do_sys_", StringComparison.Ordinal);

    /// <summary>The effects on modes and needs that a call can have, further down too.</summary>
    public IReadOnlySet<string> Reach(CallExpression call) =>
        call.Function is not { } function ? Nothing
        : unit.Find(function.Name) is { } definition ? modes.Functions.EffectsWithin(definition)
        : MmapLockModeFacts.EffectsOf(call).ToHashSet(StringComparer.Ordinal);

    /// <summary>True if a function has to be entered with the lock, false if it takes it itself; null if that is not known or depends.</summary>
    public bool? IsEnteredWith(CallExpression call) =>
        call.Function is { } function && unit.Find(function.Name) is not null && MayDescend() ? shared.Ask(this, function.Name, static (contracts, function) => contracts.IsEnteredWith(function)) : null;

    private bool? IsEnteredWith(string function)
    {
        try
        {
            var exits = Of(unit.Find(function)!)?.Exits ?? [];
            return exits.Any(static exit => exit.BeganWith) ? (exits.Any(static exit => exit.BeganWithout) ? null : true)
                : exits.Any(static exit => exit.BeganWithout) ? false
                : null;
        }
        catch (NotAnalysedException)
        {
            return null;
        }
    }

    private EffectTrail NeedsOf(string function) => NeedsOf(unit.Find(function)!, 0);

    private EffectTrail NeedsOf(FunctionDefinition function, int level)
    {
        if (level > MaximumDepth)
        {
            ReadAccount.NoteUntold();
            return EffectTrail.Empty;
        }

        return TouchesLock(function) || !own.Within(function).Contains(MmapLockNeeds.Needs) ? EffectTrail.Empty
            : needs.Get(function.Name, () => FindNeeds(function, level), static () => EffectTrail.Empty);
    }

    private EffectTrail FindNeeds(FunctionDefinition function, int level)
    {
        var graph = ControlFlowGraph.Create(function);
        var calls = new List<CallExpression>();
        for (var block = graph.Entry; block is not null && block != graph.Exit; block = block.Successors is [var only] && only.To.Index > block.Index ? only.To : null)
        {
            calls.AddRange(block.Nodes.OfType<CallExpression>());
        }

        return EffectTrail.Of(calls.SelectMany(call =>
            call.Function is { } callee && unit.Find(callee.Name) is { } below && !MmapLockNeeds.IsTold(callee.Name) ? NeedsOf(below, level + 1) : MmapLockNeeds.Of(call)));
    }

    /// <summary>False if so many functions are followed one below the other that the next one is not; what comes of that depends on where the chain was entered.</summary>
    private bool MayDescend()
    {
        if (depth < MaximumDepth)
        {
            return true;
        }

        ReadAccount.NoteUntold();
        return false;
    }

    private IEnumerable<LockConflict> RawConflictsOf(FunctionDefinition function, LockBalance balance) =>
        LockConflict.Find(balance.Exits, function.Symbol.Signature?.Result.Canonical is PointerType).Where(conflict => conflict.Kind switch
        {
            LockConflictKind.Dropped or LockConflictKind.OtherMode => !IsFaultHandler(function) && !MmapLockFacts.MayComeBackWithout(function.Name) && !HandsFlagOn(conflict.Exit.State.Since!),
            LockConflictKind.Untold => !IsFaultHandler(function) && !HandsFlagOn(conflict.Exit.State.Since!),
            _ => true,
        });

    /// <summary>True for code below handle_mm_fault(): whether the lock was dropped is told by the bits of a vm_fault_t there, or by a file to wait for.</summary>
    private static bool IsFaultHandler(FunctionDefinition function) =>
        function.Symbol.Signature?.Result.Spelling == "vm_fault_t" || function.Parameters.Any(static parameter => parameter.Type.IsPointerTo("vm_fault"));

    private LockBalance? Follow(FunctionDefinition function)
    {
        // Whoever asks again on the way down, in a recursion, gets no answer.
        if (!TouchesLock(function) || NamesSeveralLocks(function) || UsesVmaLocks(function))
        {
            return null;
        }

        depth++;
        try
        {
            var balance = new LockBalance(function, this);
            balance.Run();
            return balance;
        }
        finally
        {
            depth--;
        }
    }

    /// <summary>True if a function of the file gets the place where its caller's caller looks: whoever gets it is to set it, and a finding is there.</summary>
    private bool HandsFlagOn(CallExpression call) => call.Function is { } function && unit.Find(function.Name) is not null
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
        : call.Function is { } function && unit.Find(function.Name) is { } definition && TouchesLock(definition) ? call.Arguments.Where(static argument => argument.Type.IsPointerTo("mm_struct"))
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
