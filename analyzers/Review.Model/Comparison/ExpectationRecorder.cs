using System.Collections.Immutable;
using Review.Model.Scenarios;

namespace Review.Model.Comparison;

/// <summary>
/// Gives operations the answers of a machine as their expectations: from a sequence of calls it makes a scenario that holds what a
/// kernel did, ending with the VMAs and page states of every range in use.
/// </summary>
public sealed class ExpectationRecorder
{
    private const ulong PageSize = 4096;

    private readonly IScenarioMachine machine;

    private ExpectationRecorder(IScenarioMachine machine) => this.machine = machine;

    /// <summary>The operations with the machine's answers. The machine has to be fresh.</summary>
    public static EquatableList<Operation> Record(EquatableList<Operation> operations, IScenarioMachine machine) =>
        new ExpectationRecorder(machine).Run(operations, new ScenarioNames(), []);

    private EquatableList<Operation> Run(EquatableList<Operation> operations, ScenarioNames names, ImmutableList<(string Name, int Pages)> ranges)
    {
        var recorded = ImmutableArray.CreateBuilder<Operation>();
        var begun = new List<int>();
        foreach (var operation in operations.Where(static operation => operation is not (ExpectVmas or ExpectPages)))
        {
            if (operation is Fork fork)
            {
                if (!machine.EnterChild())
                {
                    break;
                }

                recorded.Add(InChild(fork, names, ranges));
                continue;
            }

            if (operation is StartThread)
            {
                begun.Add(recorded.Count);
            }

            var answer = ScenarioRun.Perform(operation, machine, names);
            recorded.Add(Expecting.With(operation, answer));
            if (answer is ThreadAnswers threads)
            {
                foreach (var (index, call) in begun.Zip(threads.Calls))
                {
                    var step = ((StartThread)recorded[index]).Step;
                    recorded[index] = new StartThread(step is Fork forked ? machine.EnterForkedChild() ? InChild(forked, names, ranges) : forked : Expecting.With(step, call));
                }

                begun.Clear();
            }

            if (operation is Reserve reserve)
            {
                ranges = ranges.Add((reserve.Name, (int)(names.ValueOf(reserve.Length) / PageSize)));
            }
            else if (operation is Mmap { Name: { } name, At: null } map)
            {
                ranges = ranges.Add((name, (int)(names.ValueOf(map.Length) / PageSize)));
            }
        }

        foreach (var (name, pages) in ranges)
        {
            recorded.Add(Seen(name, pages, names));
            recorded.Add(new ExpectPages(AddressExpression.In(name), machine.PageStates(names.StartOf(name), pages)));
        }

        return new(recorded.ToImmutable());
    }

    private Fork InChild(Fork fork, ScenarioNames names, ImmutableList<(string Name, int Pages)> ranges)
    {
        var steps = Run(fork.Steps, names.Child(), ranges);
        machine.LeaveChild();
        return new Fork(steps);
    }

    private ExpectVmas Seen(string name, int pages, ScenarioNames names)
    {
        var start = names.StartOf(name);
        var length = (ulong)pages * PageSize;
        var vmas = machine.Vmas(start, start + length).Select(vma => new ExpectedVma(
            vma.Start < start ? 0 : (long)((vma.Start - start) / PageSize),
            vma.End > start + length ? pages : (long)((vma.End - start) / PageSize),
            vma.Permissions,
            vma.Flags.Split(' ').ToEquatableList(),
            EquatableList<string>.Empty));
        return new(AddressExpression.In(name), AddressExpression.Pages((ulong)pages), vmas.ToEquatableList());
    }
}
