using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;
using Review.Flow.Typestate;
using Review.Rules.Notifier;

namespace Review.Rules.Tlb;

/// <summary>A TLB gather is used outside tlb_gather_mmu() and tlb_finish_mmu(), is not finished, or is finished too early.</summary>
public sealed class TlbGatherUnpaired : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor NoFinish = Describe("{0}() begins the gather {1}, and a path of {2}() goes on without tlb_finish_mmu()");
    private static readonly DiagnosticDescriptor NotBegun = Describe("{0}() gets the gather {1}, which tlb_gather_mmu() has not begun on this path");
    private static readonly DiagnosticDescriptor AfterFinish = Describe("{0}() gets the gather {1} after tlb_finish_mmu()");
    private static readonly DiagnosticDescriptor Again = Describe("{0}() begins the gather {1}, which was begun and is not finished");
    private static readonly DiagnosticDescriptor Early = Describe("{0}() finishes the gather {1} before the end of {2}, which was announced inside it: listeners are told last");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [NoFinish, NotBegun, AfterFinish, Again, Early];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        if (TypestateAnalysis.Concerns(context.Function, TlbGatherFacts.Record))
        {
            var analysis = new Analysis(context);
            analysis.Run(EquatableMap<VariableSymbol, ObjectState>.Empty);
            analysis.ReportNoFinish();
        }

        var reported = new HashSet<CallExpression>();
        GatherHelpers.Run(
            context,
            (begin, @return) =>
            {
                if (reported.Add(begin))
                {
                    ImmutableArray<TraceStep> trace = [context.Step(begin, "begins the gather, if there is to be one"), .. @return is null ? (TraceStep[])[] : [context.Step(@return, "leaves without finishing it")]];
                    context.Report(NoFinish, begin, trace, begin.Name, Argument(context, begin), context.Function.Name);
                }
            },
            (again, finish) =>
            {
                if (reported.Add(again))
                {
                    context.Report(AfterFinish, again, [context.Step(finish, "finishes the gather"), context.Step(again, "finishes it again")], again.Name, Argument(context, again));
                }
            });
    });

    private static string Argument(AnalysisContext context, CallExpression call) => $"of {context.Unit.Text.Slice(call.Arguments[0].Span)}";

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM2003", "tlb-gather-unpaired", "The begin and finish of a TLB gather do not match", message, RuleCategory.Tlb, DiagnosticSeverity.Warning);

    private sealed class Analysis : PathAnalysis<EquatableMap<VariableSymbol, ObjectState>>
    {
        private const string Declared = "declared";
        private const string Open = "begun";
        private const string Finished = "finished";
        private const string Announced = "announced";

        /// <summary>Announced inside a gather that was finished since: whether its end comes too late, or not at all, is not known yet.</summary>
        private const string Overtaken = "overtaken";

        private readonly FunctionAnalysisContext context;
        private readonly FunctionFacts facts;
        private readonly HashSet<VariableSymbol> lent;
        private readonly HashSet<Node> reported = [];
        private readonly LeftOpen leftOpen = new();
        private readonly Dictionary<CallExpression, (VariableSymbol Gather, Node Begin, Node Announcement)> overtaking = [];

        public Analysis(FunctionAnalysisContext context)
            : base(ControlFlowGraph.Create(context.Function))
        {
            this.context = context;
            facts = TlbGatherFacts.Of(context).Functions;
            lent = [.. context.Function.Body.DescendantsAndSelf<UnaryExpression>().Select(Lent).OfType<VariableSymbol>()];
        }

        protected override IEnumerable<Path<EquatableMap<VariableSymbol, ObjectState>>> Visit(Path<EquatableMap<VariableSymbol, ObjectState>> path, Node node)
        {
            switch (node)
            {
                case LocalDeclaration { Symbol: var declared } declaration when declared.Type.IsRecord(TlbGatherFacts.Record) && !lent.Contains(declared):
                    NoteFinish(declared, path.Protocol[declared], null);
                    return base.Visit(path, node).Select(next => next with { Protocol = next.Protocol.With(declared, new ObjectState(Declared, declaration)) });
                case CallExpression call when path.Protocol.Count > 0:
                    return facts.Apply(path.State, call).Select(next => new Path<EquatableMap<VariableSymbol, ObjectState>>(next.State, Move(path, call, next.Outcome)));
                default:
                    return base.Visit(path, node);
            }
        }

        protected override void AtExit(Path<EquatableMap<VariableSymbol, ObjectState>> path, ReturnStatement? @return)
        {
            foreach (var (gather, state) in path.Protocol)
            {
                NoteFinish(gather, state, @return);
            }
        }

        /// <summary>A gather whose address is kept somewhere is begun and finished through that pointer.</summary>
        private static VariableSymbol? Lent(UnaryExpression unary) =>
            unary is { Operator: UnaryOperator.AddressOf, Operand: NameExpression { Symbol: VariableSymbol variable } } && variable.Type.IsRecord(TlbGatherFacts.Record)
                && unary.Ancestors().FirstOrDefault(static node => node is not CastExpression) is not CallExpression ? variable : null;

        private EquatableMap<VariableSymbol, ObjectState> Move(Path<EquatableMap<VariableSymbol, ObjectState>> before, CallExpression call, CallOutcome? outcome)
        {
            var protocol = before.Protocol;
            var effects = (outcome?.OnParameters ?? []).ToList();
            for (var i = 0; i < call.Arguments.Length; i++)
            {
                if (VariableAt(before.State, call.Arguments[i]) is not { } variable)
                {
                    continue;
                }

                var verbs = effects.Where(effect => effect.Parameter == i).Select(static effect => effect.Verb).ToList();
                if (variable.Type.IsRecord(NotifierFacts.Record))
                {
                    protocol = MoveRange(protocol, variable, verbs, call);
                }
                else if (protocol.Contains(variable))
                {
                    protocol = verbs.Exists(static verb => verb is TlbGatherFacts.Gathers or TlbGatherFacts.Finishes)
                        ? verbs.Aggregate(protocol, (known, verb) => MoveGather(known, variable, verb, call))
                        : IsAskedFor(call, i, protocol[variable]!.Name == Declared ? TlbGatherFacts.Gathers : TlbGatherFacts.Finishes) ? protocol.Without(variable)
                        : Use(protocol, variable, call);
                }
            }

            return protocol;
        }

        /// <summary>
        /// True if the call does something to the gather in some of its ways to end, and a record that is handed over by value may say in which: whether the gather is used at all is
        /// decided by that record then, which nobody follows through calls.
        /// </summary>
        private bool IsAskedFor(CallExpression call, int parameter, string verb) => call.Function is { } function
            && call.Arguments.Any(static argument => argument.Type.Canonical is RecordType)
            && facts.OutcomesOf(function.Name) is { IsDefault: false } ways && ways.Any(way => way.OnParameters.Contains((verb, parameter)));

        /// <summary>Only ranges announced while a gather is open matter here.</summary>
        private EquatableMap<VariableSymbol, ObjectState> MoveRange(
            EquatableMap<VariableSymbol, ObjectState> protocol, VariableSymbol range, List<string> verbs, CallExpression call)
        {
            var verb = verbs.LastOrDefault();
            if (verb == NotifierFacts.Ends && protocol[range] is { Name: Overtaken, Since: CallExpression finish } && reported.Add(finish))
            {
                var (gather, begin, announcement) = overtaking[finish];
                context.Report(Early, finish, [context.Step(begin, $"begins {gather.Name}"), context.Step(announcement, $"announces {range.Name}")], NameOf(finish), gather.Name, range.Name);
            }

            return verb switch
            {
                NotifierFacts.Starts when protocol.Any(static pair => pair.Value.Name == Open) => protocol.With(range, new ObjectState(Announced, call)),
                NotifierFacts.Ends or NotifierFacts.Initializes => protocol.Without(range),
                _ => protocol,
            };
        }

        private EquatableMap<VariableSymbol, ObjectState> MoveGather(EquatableMap<VariableSymbol, ObjectState> protocol, VariableSymbol gather, string verb, CallExpression call)
        {
            switch (verb)
            {
                case TlbGatherFacts.Gathers:
                    if (protocol[gather] is { Name: Open } open)
                    {
                        Report(Again, call, gather, open);
                    }

                    return protocol.With(gather, new ObjectState(Open, call));
                case TlbGatherFacts.Finishes:
                    foreach (var (range, state) in protocol.ToList())
                    {
                        if (state.Name == Announced && protocol[gather]!.Name == Open)
                        {
                            overtaking[call] = (gather, protocol[gather]!.Since, state.Since);
                            protocol = protocol.With(range, new ObjectState(Overtaken, call));
                        }
                    }

                    return Use(protocol, gather, call) is var used && used.Contains(gather) ? used.With(gather, new ObjectState(Finished, call)) : used;
                default:
                    return protocol;
            }
        }

        /// <summary>What follows from a defect is not said again.</summary>
        private EquatableMap<VariableSymbol, ObjectState> Use(EquatableMap<VariableSymbol, ObjectState> protocol, VariableSymbol gather, CallExpression call)
        {
            var state = protocol[gather]!;
            if (state.Name == Open)
            {
                return protocol;
            }

            Report(state.Name == Declared ? NotBegun : AfterFinish, call, gather, state);
            return protocol.Without(gather);
        }

        private static VariableSymbol? VariableAt(PathState state, Expression argument) =>
            ExpressionSemantics.Evaluate(state, argument) is AddressValue { Place: VariablePlace { Variable: var variable } } ? variable : null;

        private static string NameOf(CallExpression call) => call.Name ?? call.Operation?.Name ?? "a call";

        private void Report(DiagnosticDescriptor rule, CallExpression call, VariableSymbol gather, ObjectState state)
        {
            if (reported.Add(call))
            {
                context.Report(rule, call, [context.Step(state.Since, $"{gather.Name} is {state.Name} here")], NameOf(call), gather.Name);
            }
        }

        private void NoteFinish(VariableSymbol gather, ObjectState? state, ReturnStatement? @return)
        {
            if (state is { Name: Open, Since: CallExpression begin })
            {
                leftOpen.AddOpen(gather, begin, @return);
            }
            else if (state is { Name: not (Announced or Overtaken) })
            {
                leftOpen.AddEnded(gather, @return);
            }
        }

        /// <summary>Reports gathers that some path leaves without finishing them.</summary>
        public void ReportNoFinish()
        {
            foreach (var (gather, begin, @return) in leftOpen.All.Where(one => reported.Add(one.Since)))
            {
                ImmutableArray<TraceStep> trace = [context.Step(begin, $"begins {gather.Name}"), .. @return is null ? (TraceStep[])[] : [context.Step(@return, "leaves without finishing it")]];
                var isWhole = begin is { Function.Name: "tlb_gather_mmu" or "tlb_gather_mmu_fullmm", Arguments.Length: 2 };
                context.Report(NoFinish, begin, trace, isWhole ? leftOpen.CureOf(context.Unit.Text, begin, $"tlb_finish_mmu(&{gather.Name})") : null, NameOf(begin), gather.Name, context.Function.Name);
            }
        }
    }
}
