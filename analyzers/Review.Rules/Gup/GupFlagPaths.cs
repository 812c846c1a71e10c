using System.Collections.Immutable;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Gup;

/// <summary>What is wrong with a word of flags on a path.</summary>
internal enum GupFlagDefectKind
{
    /// <summary>FOLL_GET and FOLL_PIN together.</summary>
    GetAndPin,

    /// <summary>A flag that the function called sets itself or refuses.</summary>
    WrongFlag,

    /// <summary>FOLL_LONGTERM, and FOLL_PIN is only hoped for.</summary>
    LongtermWithoutPin,
}

/// <summary>A defect with the node where it shows and the one where it began.</summary>
internal sealed record GupFlagDefect(GupFlagDefectKind Kind, Node At, Node? Since, string Story, ImmutableArray<object?> Arguments);

/// <summary>What a path knows of arrays of pages.</summary>
/// <param name="Filled">For an array, the word of flags with which pages were got into it, and the call.</param>
/// <param name="IsRefused">True if the path has found FOLL_LONGTERM set and FOLL_PIN clear.</param>
/// <param name="IsPinned">True if the path has found FOLL_PIN set.</param>
/// <param name="IsUsed">True if a call has got a word of flags: what is refused later is no refusal at the door.</param>
internal sealed record GupFlagState(EquatableMap<Value, (Value Flags, CallExpression Call)> Filled, bool IsRefused, bool IsPinned, bool IsUsed)
{
    public static readonly GupFlagState Initial = new(EquatableMap<Value, (Value Flags, CallExpression Call)>.Empty, false, false, false);
}

/// <summary>Follows the words of FOLL_ flags of a function to the calls that get them.</summary>
internal sealed class GupFlagPaths : PathAnalysis<GupFlagState>
{
    private readonly HashSet<FlagWord> words;
    private readonly FollValues values;
    private readonly PinnedArrays arrays;
    private readonly Func<string, bool> isDefinedHere;
    private readonly Action<GupFlagDefect> report;
    private readonly HashSet<Node> reported = [];
    private readonly Dictionary<CallExpression, Expression?> flagsOf = [];

    /// <summary>True if the question is whether the function is a door, and not what goes wrong in it.</summary>
    private readonly bool asksForDoor;

    /// <summary>True if the function gives pages of an array back as pinned: only then it matters how they were got.</summary>
    private readonly bool unpins;

    /// <summary>What the function returns where FOLL_LONGTERM came without FOLL_PIN, and where FOLL_PIN was set.</summary>
    private readonly HashSet<Value> refusals = [];
    private readonly HashSet<Value> acceptances = [];

    private GupFlagPaths(FunctionDefinition function, HashSet<FlagWord> words, FollValues values, PinnedArrays arrays, Func<string, bool> isDefinedHere, Action<GupFlagDefect>? report)
        : base(ControlFlowGraph.Create(function))
    {
        (this.words, this.values, this.arrays, this.isDefinedHere) = (words, values, arrays, isDefinedHere);
        this.report = report ?? (static _ => { });
        asksForDoor = report is null;
        unpins = !asksForDoor && function.Body.DescendantsAndSelf<CallExpression>().Any(call => call.Function is { } callee && Enumerable.Range(0, call.Arguments.Length).Any(i => arrays.Unpins(callee.Name, i)));
    }

    /// <summary>Follows the paths of a function that has words of flags.</summary>
    public static void Run(FunctionAnalysisContext context, HashSet<FlagWord> words, Action<GupFlagDefect> report)
    {
        var bits = context.Facts.Get(static unit => new FollValues(unit));
        if (bits.Get == 0 && bits.Pin == 0 && bits.Longterm == 0)
        {
            return;
        }

        var pinned = context.Facts.Get(static unit => new PinnedArrays(unit));
        var open = new List<GupFlagDefect>();
        var paths = new GupFlagPaths(context.Function, words, bits, pinned, name => context.Unit.Find(name) is not null, open.Add);
        if (!paths.MayFind())
        {
            return;
        }

        paths.Run(GupFlagState.Initial);
        foreach (var defect in open)
        {
            // What a door of the file refuses need not be asked again behind it.
            if (defect.Kind != GupFlagDefectKind.LongtermWithoutPin || !context.Facts.Ask(static unit => new Doors(unit), nameof(Doors), static (doors, _) => doors.Any))
            {
                report(defect);
            }
        }
    }

    /// <summary>False if no call gets a word that a path could find fault with: then there is no need to follow the paths.</summary>
    private bool MayFind()
    {
        var calls = Graph.Function.Body.DescendantsAndSelf<CallExpression>().Where(call => call.Function is not null && FlagsOf(call) is not null).ToList();
        return calls.Count > 0
            && (unpins || calls.Exists(call => IsDoorOfOthers(call.Function!.Name))
                || (FollValues.MayShow(Graph.Function, values.Get) && FollValues.MayShow(Graph.Function, values.Pin)));
    }

    /// <summary>True if a function refuses FOLL_LONGTERM where FOLL_PIN is clear, and goes on where it is set.</summary>
    private static bool IsDoor(FunctionDefinition function, FollValues bits, PinnedArrays pinned)
    {
        if (!FollValues.Names(function, "FOLL_LONGTERM") || !FollValues.Names(function, "FOLL_PIN"))
        {
            return false;
        }

        var paths = new GupFlagPaths(function, FlagWord.In(function), bits, pinned, static _ => true, report: null);
        paths.Run(GupFlagState.Initial);
        return paths.refusals.Count > 0 && paths.acceptances.Except(paths.refusals).Any();
    }

    protected override IEnumerable<Path<GupFlagState>> Visit(Path<GupFlagState> path, Node node)
    {
        var protocol = path.Protocol;
        if (node is CallExpression { Function: { } callee } call)
        {
            var flags = FlagsOf(call);
            var value = flags is null ? null : ExpressionSemantics.Evaluate(path.State, flags);
            if (value is not null)
            {
                CheckFlags(path.State, call, callee.Name, flags!, value);
                protocol = asksForDoor ? protocol with { IsUsed = true } : protocol;
            }

            foreach (var argument in call.Arguments.Where(argument => unpins && argument.Type.IsPointerToPointerTo("page")))
            {
                var array = ExpressionSemantics.Evaluate(path.State, argument);
                if (protocol.Filled.TryGetValue(array, out var filled) && arrays.Unpins(callee.Name, call.Arguments.IndexOf(argument)))
                {
                    CheckLongterm(path.State, call, callee.Name, filled);
                }
                else if (value is not null && !SetsPin(callee.Name))
                {
                    protocol = protocol with { Filled = protocol.Filled.With(array, (value, call)) };
                }
            }
        }

        return base.Visit(path.At(protocol), node);
    }

    protected override Path<GupFlagState>? Follow(Path<GupFlagState> path, FlowEdge edge)
    {
        var taken = base.Follow(path, edge);
        if (taken is not { } next || !asksForDoor)
        {
            return taken;
        }

        foreach (var word in words)
        {
            var variable = next.State.Read(next.State.PlaceOf(word.Variable));
            var fact = next.State.FactOf(word.IsPointee ? next.State.Read(ExpressionSemantics.Pointee(variable)) : variable);
            var isRefused = next.Protocol.IsRefused || (!next.Protocol.IsUsed && Has(fact.Ones, values.Longterm) && Has(fact.Zeros, values.Pin));
            var isPinned = next.Protocol.IsPinned || Has(fact.Ones, values.Pin);
            if (isRefused != next.Protocol.IsRefused || isPinned != next.Protocol.IsPinned)
            {
                next = next with { Protocol = next.Protocol with { IsRefused = isRefused, IsPinned = isPinned } };
            }
        }

        return next;
    }

    /// <summary>An array that only its variable keeps is filled for as long as that is known.</summary>
    protected override bool IsWanted(GupFlagState protocol, Place place) => place is VariablePlace { Variable: var variable } && words.Contains(new FlagWord(variable, false));

    protected override void AtExit(Path<GupFlagState> path, ReturnStatement? @return)
    {
        var result = path.State.Read(ResultPlace.Instance);
        if (path.Protocol.IsRefused)
        {
            _ = refusals.Add(result);
        }
        else if (path.Protocol.IsPinned)
        {
            _ = acceptances.Add(result);
        }
    }

    /// <summary>True for functions of mm/gup.c, called elsewhere, that get or pin pages as their name says.</summary>
    private bool IsDoorOfOthers(string callee) => SetsPin(callee) || (callee.StartsWith("get_user_pages", StringComparison.Ordinal) && !isDefinedHere(callee));

    /// <summary>True for functions of mm/gup.c that set FOLL_PIN themselves.</summary>
    private bool SetsPin(string callee) => callee.StartsWith("pin_user_pages", StringComparison.Ordinal) && !isDefinedHere(callee);

    /// <summary>The word of flags that a call gets; null if it gets none.</summary>
    private Expression? FlagsOf(CallExpression call) =>
        flagsOf.TryGetValue(call, out var known) ? known : flagsOf[call] = call.Arguments.FirstOrDefault(IsFlags);

    /// <summary>True for an argument that is made of a word of the function or of FOLL_ bits.</summary>
    private bool IsFlags(Expression argument) =>
        argument.Unwrapped.Type.Canonical is IntegerType { IsBool: false } or EnumType
        && argument.Unwrapped is NameExpression or BinaryExpression { Operator: BinaryOperator.BitwiseOr } or UnaryExpression { Operator: UnaryOperator.Dereference } or LiteralExpression
        && argument.DescendantsAndSelf<Expression>().Any(part => FlagWord.NameOf(part)?.StartsWith("FOLL_", StringComparison.Ordinal) == true || (FlagWord.Of(part) is { } word && words.Contains(word)));

    private void CheckFlags(PathState state, CallExpression call, string callee, Expression flags, Value value)
    {
        var ones = state.FactOf(value).Ones;
        if (Has(ones, values.Get) && Has(ones, values.Pin))
        {
            Report(GupFlagDefectKind.GetAndPin, flags, null, "", $"the word that {callee}() gets");
        }
        else if (isDefinedHere(callee))
        {
            // The file that makes these functions may build them on each other.
        }
        else if (SetsPin(callee) && Has(ones, values.Get))
        {
            Report(GupFlagDefectKind.WrongFlag, flags, null, "", callee, "FOLL_GET", "get_user_pages()");
        }
        else if (callee.StartsWith("get_user_pages", StringComparison.Ordinal) && (Has(ones, values.Pin) || Has(ones, values.Longterm)))
        {
            Report(GupFlagDefectKind.WrongFlag, flags, null, "", callee, Has(ones, values.Pin) ? "FOLL_PIN" : "FOLL_LONGTERM", "pin_user_pages()");
        }
    }

    private void CheckLongterm(PathState state, CallExpression call, string callee, (Value Flags, CallExpression Call) filled)
    {
        var ones = state.FactOf(filled.Flags).Ones;
        if (Has(ones, values.Longterm) && !Has(ones, values.Pin) && FlagsOf(filled.Call) is { } flags)
        {
            Report(GupFlagDefectKind.LongtermWithoutPin, call, filled.Call, "gets pages with flags that have FOLL_LONGTERM", FlagWord.Of(flags)?.ToString() ?? "the word of flags", callee);
        }
    }

    private void Report(GupFlagDefectKind kind, Node at, Node? since, string story, params object?[] arguments)
    {
        if (reported.Add(at))
        {
            report(new GupFlagDefect(kind, at, since, story, [.. arguments]));
        }
    }

    private static bool Has(ulong bits, ulong flag) => flag != 0 && (bits & flag) == flag;

    /// <summary>Whether a function of the file is a door.</summary>
    private sealed class Doors
    {
        public Doors(TranslationUnit unit)
        {
            var (bits, pinned) = (new FollValues(unit), new PinnedArrays(unit));
            Any = unit.Functions.Any(function => IsDoor(function, bits, pinned));
        }

        public bool Any { get; }
    }
}
