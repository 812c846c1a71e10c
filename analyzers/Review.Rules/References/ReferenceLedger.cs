using System.Globalization;
using Review.Core.Syntax;
using Review.Flow.Paths;
using Review.Rules.Gup;

namespace Review.Rules.References;

/// <summary>Collects what the paths of one function do with references, and draws the balance.</summary>
/// <param name="function">The function.</param>
/// <param name="bits">The values of FOLL_ bits.</param>
internal sealed class ReferenceLedger(FunctionDefinition function, FollValues bits)
{
    /// <summary>What a message calls a thing without a name.</summary>
    public const string Nameless = "it";

    private readonly List<ReferenceDefect> defects = [];
    private readonly HashSet<Node> reported = [];

    /// <summary>The paths that end with a reference, by the call that took it: what they return, and whether it is the only one.</summary>
    private readonly Dictionary<CallExpression, List<(string Answer, HeldReference Reference, bool IsFailure, ReturnStatement? Return)>> kept = [];

    /// <summary>Where paths leave the function, with the calls that took what they hold and nobody else has had.</summary>
    private readonly List<(ReturnStatement? Return, HashSet<CallExpression> Held)> left = [];

    /// <summary>What the paths return that have given a reference back, by the call that took it.</summary>
    private readonly Dictionary<CallExpression, HashSet<string>> givenBack = [];

    /// <summary>The calls that took references to things which some path has stored, or handed to a function of which nothing is known.</summary>
    private readonly HashSet<CallExpression> escaped = [];

    /// <summary>The calls that took references to things which some path returns.</summary>
    private readonly HashSet<CallExpression> returned = [];

    /// <summary>The calls that take a reference to what somebody else keeps alive, with a path that ends with it.</summary>
    private readonly HashSet<CallExpression> borrowed = [];

    /// <summary>The calls that keep the structure of an address space, not its users, with a path that ends with it.</summary>
    private readonly HashSet<CallExpression> counted = [];

    /// <summary>The calls that took references to things that a variable names whose address some path gives to a function.</summary>
    private readonly HashSet<CallExpression> exposed = [];

    /// <summary>True if no paths were merged: what happens to a reference on one of them is then told apart from what happens on another.</summary>
    public bool HasAllPaths { get; set; }

    /// <summary>The defects found, after all paths.</summary>
    public IEnumerable<ReferenceDefect> Close()
    {
        foreach (var (since, ends) in kept)
        {
            // A thing that came as an argument, or that some path hands on, may be kept for somebody who learns of it from the result: only paths that answer alike are compared.
            // A failure hands nothing on. Where paths were merged, what somebody may have put into the variable that names the thing is not told from the thing.
            if (!HasAllPaths && exposed.Contains(since))
            {
                continue;
            }

            if (ReferenceCounts.IsGivenBackInTurns(function, since))
            {
                continue;
            }

            var answers = givenBack.GetValueOrDefault(since);
            var isForNobody = answers is null && (counted.Contains(since) || (borrowed.Contains(since) && !escaped.Contains(since) && !exposed.Contains(since) && LentPages.IsOfOne(since, function))) && IsKeptLocal(since);
            var isForResult = answers is null && returned.Contains(since);
            if (ends.Find(end => (end.Reference.IsOwn && (HasAllPaths || !escaped.Contains(since))) || isForNobody || (isForResult && (end.IsFailure || !end.Reference.IsNamed))
                || (end is { Reference.IsRefused: true, IsFailure: true } && IsKeptLocal(since)) || (answers is not null && (end.IsFailure || MayAnswer(answers, end.Answer, IsHandedOn(since))))) is { Answer: not null } leak)
            {
                var trace = new List<(Node, string)> { (since, "takes the reference") };
                if (leak.Return is not null)
                {
                    trace.Add((leak.Return, "returns without giving it back"));
                }

                defects.Add(new ReferenceDefect(ReferenceDefectKind.Leak, since, [.. trace], [since.Name ?? "", function.Name]) { Returns = [.. ReturnsWith(since)] });
            }
        }

        return defects.OrderBy(static defect => defect.At.Span.Start);
    }

    /// <summary>The returns to which paths come with a reference; none if some come there without it.</summary>
    private List<ReturnStatement> ReturnsWith(CallExpression since)
    {
        var with = left.Where(path => path.Held.Contains(since)).Select(static path => path.Return).Distinct().ToList();
        return with.Contains(null) || left.Exists(path => with.Contains(path.Return) && !path.Held.Contains(since)) ? [] : [.. with.OfType<ReturnStatement>()];
    }

    /// <summary>
    /// True if one of the answers is the same, or is not known any more because paths were merged, where this one is known. Success where the caller's own thing got into
    /// other hands is no such answer: that is how a function keeps it.
    /// </summary>
    private static bool MayAnswer(HashSet<string> answers, string answer, bool isHandedOn) =>
        answers.Contains(answer) || (answers.Contains(nameof(Signs.Any)) && !(isHandedOn && answer == "0") && long.TryParse(answer, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));

    /// <summary>True if the thing is one of the caller's and gets into other hands on some path.</summary>
    private bool IsHandedOn(CallExpression since) =>
        escaped.Contains(since) && since.Arguments is [{ Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } } }, ..];

    /// <summary>
    /// True if the thing is held in a variable of the function that is stored nowhere, goes into no assembly and is not returned: nobody but the function can give the reference back.
    /// </summary>
    private bool IsKeptLocal(CallExpression since) =>
        since.Arguments is [{ Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: not VariableKind.Parameter, IsAutomatic: true } variable } }, ..]
        && !function.Body.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == variable && name.Ancestors().FirstOrDefault(static outer => outer is not CastExpression) is var outer
            && outer is ReturnStatement or AsmStatement or InitializerList or BuiltinExpression or UnaryExpression { Operator: UnaryOperator.AddressOf } or LocalDeclaration or AssignmentExpression
            && !(outer is AssignmentExpression { Target: var target } && target.Unwrapped == name));

    /// <summary>A path ends with a reference.</summary>
    public void Keep(CallExpression since, HeldReference reference, (string Answer, bool IsFailure) told, ReturnStatement? @return)
    {
        _ = reference switch
        {
            { Kind: ReferenceKind.Structure } => counted.Add(since),
            { Kind: ReferenceKind.Plain, IsOwn: false } => borrowed.Add(since),
            _ => false,
        };

        if (!kept.TryGetValue(since, out var ends))
        {
            kept[since] = ends = [];
        }

        ends.Add((told.Answer, reference, told.IsFailure, @return));
    }

    /// <summary>A path leaves the function with the references that some calls have taken.</summary>
    public void Leave(ReturnStatement? @return, HashSet<CallExpression> held) => left.Add((@return, held));

    /// <summary>A path ends that has given a reference back.</summary>
    public void GiveBack(CallExpression since, string answer)
    {
        if (!givenBack.TryGetValue(since, out var answers))
        {
            givenBack[since] = answers = [];
        }

        _ = answers.Add(answer);
    }

    /// <summary>The thing that a call took a reference to gets into other hands on a path.</summary>
    public void Escape(CallExpression since) => escaped.Add(since);

    /// <summary>The thing that a call took a reference to is what a path returns.</summary>
    public void Return(CallExpression since) => returned.Add(since);

    /// <summary>The address of a variable that names the thing gets into other hands on a path.</summary>
    public void Expose(CallExpression since) => exposed.Add(since);

    /// <summary>A defect at a node, of the thing that an expression names, because of an earlier call.</summary>
    public void Report(ReferenceDefectKind kind, Node at, (Node At, string Text)[] trace, Expression thing, CallExpression cause)
    {
        if (reported.Add(at))
        {
            defects.Add(new ReferenceDefect(kind, at, [.. trace], [NameOf(thing), cause.Name ?? "", (at as CallExpression)?.Name ?? ""]));
        }
    }

    /// <summary>A reference is given back that nobody took, unless the function takes it out of the record that owned it.</summary>
    public void ReportNeverTaken(CallExpression put, CallExpression? lent, Expression thing)
    {
        var record = thing.Type.Pointee;
        var isTakenOut = function.Body.DescendantsAndSelf<AssignmentExpression>().Any(assignment => assignment.Target is MemberExpression && assignment.Target.Type.Pointee == record);
        if (!isTakenOut && reported.Add(lent ?? put))
        {
            defects.Add(new ReferenceDefect(
                ReferenceDefectKind.NeverTaken, put, [.. lent is null ? [] : new[] { ((Node)lent, "finds it without a reference") }, (put, "gives one back")], [NameOf(thing), lent?.Name ?? "the VMA", put.Name ?? ""]));
        }
    }

    /// <summary>Whether a word of flags has FOLL_PIN; null if that is not known.</summary>
    public bool? IsPin(PathState state, Value? flags)
    {
        if (flags is null || bits.Pin == 0)
        {
            return null;
        }

        var fact = state.FactOf(flags);
        return (fact.Ones & bits.Pin) != 0 ? true : (fact.Zeros & bits.Pin) != 0 ? false : null;
    }

    /// <summary>True if a word of flags is known to have FOLL_GET.</summary>
    public bool IsGet(PathState state, Value flags) => bits.Get != 0 && (state.FactOf(flags).Ones & bits.Get) != 0;

    /// <summary>True if a word of flags is a constant without FOLL_GET.</summary>
    public bool IsWithoutGet(long? flags) => flags is { } word && bits.Get != 0 && ((ulong)word & bits.Get) == 0;

    private static string NameOf(Expression expression) => expression.Unwrapped switch
    {
        NameExpression name => name.Symbol.Name,
        MemberExpression member => NameOf(member.Target) + (member.IsArrow ? "->" : ".") + member.Field.Name,
        UnaryExpression { Operator: UnaryOperator.AddressOf } address => NameOf(address.Operand),
        IndexExpression index => NameOf(index.Target) + "[]",
        CallExpression { Arguments: [var argument, ..] } => NameOf(argument),
        _ => Nameless,
    };
}
