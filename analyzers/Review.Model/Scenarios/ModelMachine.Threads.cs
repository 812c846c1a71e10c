using Review.Model.Calls;
using Review.Model.Userfault;

namespace Review.Model.Scenarios;

/// <summary>Threads and children of the process that a scenario runs in.</summary>
public sealed partial class ModelMachine
{
    private readonly Stack<Frame> parents = new();
    private readonly Queue<ForkedChild> forked = new();
    private List<ModelThread> threads = [];
    private int lastThread = 1;

    /// <inheritdoc/>
    public bool EnterChild()
    {
        if (Run(new ForkCall(current)) is not { } result)
        {
            return false;
        }

        Enter(new ForkedChild((int)result.Value, new(descriptors, StringComparer.Ordinal)));
        return true;
    }

    /// <inheritdoc/>
    public bool EnterForkedChild()
    {
        if (!forked.TryDequeue(out var child))
        {
            return false;
        }

        Enter(child);
        return true;
    }

    /// <inheritdoc/>
    public void LeaveChild()
    {
        machine = machine.Exit(current.Process, reaped: true);
        (current, descriptors, threads) = parents.Pop();
    }

    private void Enter(ForkedChild child)
    {
        parents.Push(new Frame(current, descriptors, threads));
        (descriptors, threads) = (child.Descriptors, []);
        current = new Current(child.Process, ++lastThread);
    }

    private Answer Begin(Operation step, ScenarioNames names)
    {
        if (CallsOf(step, names, new Current(current.Process, ++lastThread)) is not [var call])
        {
            return new NotPossible($"{OperationNames.Of(step)} does not run in a thread");
        }

        // The child has the descriptors of the moment of its fork.
        threads.Add(new ModelThread(call, call is ForkCall ? new(descriptors, StringComparer.Ordinal) : null));
        return Done.Instance;
    }

    private Answer Join(string? monitored)
    {
        var events = new List<EventAnswer>();
        while (Progress() || ReadNext(monitored, events))
        {
        }

        if (threads.Exists(static thread => thread.Result is null))
        {
            return new NotPossible("a thread waits for ever: a userfaultfd has to be read first");
        }

        foreach (var thread in threads.Where(static thread => thread.Inherited is not null))
        {
            forked.Enqueue(new ForkedChild((int)thread.Result!.Value.Value, thread.Inherited!));
        }

        var answers = threads.Select(static thread => thread.Result!.Value is { Error: Errno.None } done ? CallAnswer.Of(done.Value) : CallAnswer.Failed(thread.Result!.Value.Error)).ToEquatableList();
        threads.Clear();
        return new ThreadAnswers(answers, events.ToEquatableList());
    }

    // What a monitor does while threads run.
    private bool ReadNext(string? monitored, List<EventAnswer> events)
    {
        if (monitored is null || UffdOf(monitored) is not { } uffd)
        {
            return false;
        }

        machine = machine.Read(uffd, out var message);
        if (message is not { } seen)
        {
            return false;
        }

        events.Add(AnswerOf(seen));
        return true;
    }

    /// <summary>Lets every thread that was begun run as far as it gets. True if one got anywhere.</summary>
    private bool Progress()
    {
        var moved = false;
        for (var i = 0; i < threads.Count; i++)
        {
            if (threads[i].Result is not null)
            {
                continue;
            }

            var step = machine.Run(threads[i].Call);
            moved |= step.IsEnd || !step.Next!.Equals(threads[i].Call);
            machine = step.Machine;
            threads[i] = step.IsEnd ? threads[i] with { Result = step.Result } : threads[i] with { Call = step.Next! };
        }

        return moved;
    }

    private sealed record Frame(Current Current, Dictionary<string, Descriptor> Descriptors, List<ModelThread> Threads);

    private sealed record ForkedChild(int Process, Dictionary<string, Descriptor> Descriptors);

    private sealed record ModelThread(Call Call, Dictionary<string, Descriptor>? Inherited)
    {
        public CallResult? Result { get; init; }
    }
}
