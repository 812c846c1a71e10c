namespace Review.Model.Scenarios;

/// <summary>Runs a scenario on a machine and compares what happens with what is expected. The machine has to be fresh.</summary>
public sealed class ScenarioRun
{
    private readonly IScenarioMachine machine;
    private readonly List<Operation> begun = [];

    private ScenarioRun(IScenarioMachine machine) => this.machine = machine;

    /// <summary>Null if everything was as expected; otherwise the first difference: "steps[2] madvise: expected EINVAL, got success".</summary>
    public static string? FirstDifference(Scenario scenario, IScenarioMachine machine)
    {
        var run = new ScenarioRun(machine);
        var names = new ScenarioNames();
        return run.Operations(scenario.Setup, "setup", names) ?? run.Operations(scenario.Steps, "steps", names);
    }

    /// <summary>Carries out one operation and defines the name it gives; not expect_vmas, expect_pages and fork.</summary>
    public static Answer Perform(Operation operation, IScenarioMachine machine, ScenarioNames names)
    {
        if (operation is Reserve reserve)
        {
            names.Define(reserve.Name, names.FreePlace(names.ValueOf(reserve.Length), reserve.Align is { } align ? names.ValueOf(align) : 0));
            return Done.Instance;
        }

        var answer = machine.Perform(operation, names, operation is Mmap map ? names.PlaceOf(map) : 0);
        if (answer is CallAnswer { Errno: Errno.None, Result: var start } && operation is Mmap { Name: { } name })
        {
            names.Define(name, start);
        }
        else if (answer is CallAnswer { Errno: Errno.None, Result: var moved } && operation is Mremap { Name: { } newName })
        {
            names.Define(newName, moved);
        }

        return answer;
    }

    private string? Operations(EquatableList<Operation> operations, string part, ScenarioNames names)
    {
        for (var i = 0; i < operations.Count; i++)
        {
            if (Operation(operations[i], names) is { } difference)
            {
                return $"{part}[{i}] {OperationNames.Of(operations[i])}: {difference}";
            }
        }

        return null;
    }

    private string? Operation(Operation operation, ScenarioNames names)
    {
        switch (operation)
        {
            case ExpectVmas expect:
                var start = names.ValueOf(expect.Address);
                return Judge.Vmas(expect, machine.Vmas(start, start + names.ValueOf(expect.Length)), start, names.ValueOf(expect.Length));
            case ExpectPages expect:
                var states = machine.PageStates(names.ValueOf(expect.Address), expect.States.Length);
                return PageStatePattern.Matches(expect.States, states) ? null : $"expected {expect.States}, got {states}";
            case Fork fork:
                return machine.EnterChild() ? InChild(fork, names) : "the process could not be forked";
            case StartThread thread:
                begun.Add(thread.Step);
                return Judge.Answer(operation, Perform(operation, machine, names), names);
            case JoinThreads:
                var expected = begun.ToEquatableList();
                begun.Clear();
                return Judge.Threads(expected, Perform(operation, machine, names), names)
                    ?? expected.OfType<Fork>().Select(fork => machine.EnterForkedChild() ? InChild(fork, names) : "a thread has not forked").FirstOrDefault(static difference => difference is not null);
            default:
                return Judge.Answer(operation, Perform(operation, machine, names), names);
        }
    }

    private string? InChild(Fork fork, ScenarioNames names)
    {
        try
        {
            return Operations(fork.Steps, "steps", names.Child());
        }
        finally
        {
            machine.LeaveChild();
        }
    }
}
