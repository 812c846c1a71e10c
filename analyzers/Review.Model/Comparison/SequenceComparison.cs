using System.Globalization;
using Review.Model.Scenarios;

namespace Review.Model.Comparison;

/// <summary>Where the model and the kernel answered or ended differently.</summary>
/// <param name="Place">Which operation: "steps[3] madvise".</param>
/// <param name="What">What differs: "answer", or "memory".</param>
/// <param name="Model">The model's side.</param>
/// <param name="Kernel">The kernel's side.</param>
public sealed record Disagreement(string Place, string What, string Model, string Kernel);

/// <summary>
/// Carries out the same operations on the model and on a kernel, and compares after every one the answer, and the VMAs, page
/// states and contents of the ranges in use. Expectations of the operations are not looked at.
/// </summary>
public sealed class SequenceComparison
{
    private const ulong PageSize = 4096;
    private const ulong Margin = 16 * PageSize;

    private readonly IScenarioMachine model;
    private readonly IScenarioMachine kernel;
    private readonly List<Operation> running = [];

    private SequenceComparison(IScenarioMachine model, IScenarioMachine kernel)
    {
        this.model = model;
        this.kernel = kernel;
    }

    /// <summary>The first difference, or null. Both machines have to be fresh.</summary>
    public static Disagreement? First(EquatableList<Operation> operations, IScenarioMachine model, IScenarioMachine kernel) =>
        new SequenceComparison(model, kernel).Run(operations, "steps", new Side(), new Side());

    private Disagreement? Run(EquatableList<Operation> operations, string part, Side ofModel, Side ofKernel)
    {
        for (var i = 0; i < operations.Count; i++)
        {
            var place = $"{part}[{i}] {OperationNames.Of(operations[i])}";
            var difference = operations[i] switch
            {
                ExpectVmas or ExpectPages => null,
                Fork fork => InChild(fork, static machine => machine.EnterChild(), place, ofModel, ofKernel),
                var operation => One(operation, place, ofModel, ofKernel),
            };
            if (difference is not null)
            {
                return difference;
            }

            // While a thread runs beside, there is no moment at which both could be looked at.
            if (operations[i] is StartThread begun)
            {
                running.Add(begun.Step);
            }
            else if (operations[i] is JoinThreads && InChildrenOfThreads(place, ofModel, ofKernel) is { } inChild)
            {
                return inChild;
            }

            if (running.Count > 0)
            {
                continue;
            }

            var (seenModel, seenKernel) = (Observation.Of(model, ofModel.Ranges), Observation.Of(kernel, ofKernel.Ranges));
            if (seenModel != seenKernel)
            {
                return new Disagreement(place, "memory", seenModel, seenKernel);
            }
        }

        return null;
    }

    private Disagreement? One(Operation operation, string place, Side ofModel, Side ofKernel)
    {
        var kernelAnswer = ofKernel.Perform(operation, kernel);
        var modelAnswer = ofModel.Perform(operation, model);
        var (modelText, kernelText) = (AnswerText.Of(modelAnswer, operation, ofModel.Names), AnswerText.Of(kernelAnswer, operation, ofKernel.Names));
        return modelText == kernelText ? null : new Disagreement(place, "answer", modelText, kernelText);
    }

    private Disagreement? InChildrenOfThreads(string place, Side ofModel, Side ofKernel)
    {
        var forks = running.OfType<Fork>().ToList();
        running.Clear();
        return forks.Select(fork => InChild(fork, static machine => machine.EnterForkedChild(), place, ofModel, ofKernel)).FirstOrDefault(static difference => difference is not null);
    }

    private Disagreement? InChild(Fork fork, Func<IScenarioMachine, bool> enter, string place, Side ofModel, Side ofKernel)
    {
        var (kernelForked, modelForked) = (enter(kernel), enter(model));
        try
        {
            if (!kernelForked || !modelForked)
            {
                return kernelForked == modelForked ? null : new Disagreement(place, "answer", $"forked: {modelForked}", $"forked: {kernelForked}");
            }

            var (childOfModel, childOfKernel) = (ofModel.Child(), ofKernel.Child());
            var (seenModel, seenKernel) = (Observation.Of(model, childOfModel.Ranges), Observation.Of(kernel, childOfKernel.Ranges));
            return seenModel != seenKernel
                ? new Disagreement(place + " (child)", "memory", seenModel, seenKernel)
                : Run(fork.Steps, place + ": steps", childOfModel, childOfKernel);
        }
        finally
        {
            if (kernelForked)
            {
                kernel.LeaveChild();
            }

            if (modelForked)
            {
                model.LeaveChild();
            }
        }
    }

    /// <summary>Names and watched ranges on one side.</summary>
    private sealed class Side
    {
        public ScenarioNames Names { get; private init; } = new();

        public List<WatchedRange> Ranges { get; private init; } = [];

        public Side Child() => new() { Names = Names.Child(), Ranges = [.. Ranges] };

        public Answer Perform(Operation operation, IScenarioMachine machine)
        {
            var answer = ScenarioRun.Perform(operation, machine, Names);
            switch (operation)
            {
                case Mmap { At: null, Name: { } name } map when answer is CallAnswer { Errno: Errno.None }:
                    Watch(name, map.Length, Margin);
                    break;
                case Reserve reserve:
                    Watch(reserve.Name, reserve.Length, Margin);
                    break;
                case Mremap { Name: { } name, NewAddress: null } remap when answer is CallAnswer { Errno: Errno.None, Result: var start } && start != Names.ValueOf(remap.Address):
                    Watch(name, remap.NewLength, margin: 0);
                    break;
                default:
                    break;
            }

            return answer;
        }

        private void Watch(string name, AddressExpression length, ulong margin)
        {
            Ranges.RemoveAll(range => range.Name == name);
            Ranges.Add(new(name, Names.StartOf(name), (int)Math.Min(1 << 20, (Names.ValueOf(length) + PageSize - 1) / PageSize), margin));
        }
    }
}

/// <summary>An answer as text in which addresses chosen by the machine do not show.</summary>
internal static class AnswerText
{
    public static string Of(Answer answer, Operation operation, ScenarioNames names) => answer switch
    {
        CallAnswer { Errno: not Errno.None } call => call.Errno.ToString(),
        CallAnswer when operation is CreateFile or OpenUffd => "opened",
        CallAnswer call when operation is Mremap remap => Moved(call.Result, remap, names),
        CallAnswer call => string.Create(CultureInfo.InvariantCulture, $"{call.Result}{call.Vector}{(call.FirstByte is { } first ? $" byte {first:x2}" : string.Empty)}"),
        AccessAnswer access => string.Join(' ', access.Pages.Select(Of)),
        EventAnswer happened => TextOf(happened),
        ThreadAnswers threads => string.Join("; ", threads.Calls.Select(static call => call.Errno == Errno.None ? "0" : call.Errno.ToString()).Concat(threads.Events.Select(TextOf))),
        NotPossible impossible => "not possible: " + impossible.Reason,
        _ => "done",
    };

    private static string TextOf(EventAnswer happened) => string.Create(CultureInfo.InvariantCulture, $"{happened.Event} {happened.Start:x}-{happened.End:x}");

    private static string Of(PageAccess page) => page.Outcome switch
    {
        AccessOutcome.SegmentationFault => "SIGSEGV",
        AccessOutcome.BusError => "SIGBUS",
        _ => page.Byte.ToString("x2", CultureInfo.InvariantCulture),
    };

    private static string Moved(ulong result, Mremap remap, ScenarioNames names) =>
        result == names.ValueOf(remap.Address) ? "in place"
        : remap.NewAddress is { } wanted && result == names.ValueOf(wanted) ? "at the new address"
        : "elsewhere";
}
