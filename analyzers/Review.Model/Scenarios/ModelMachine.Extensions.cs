using Review.Model.Calls;
using Review.Model.Faults;
using Review.Model.Gup;
using Review.Model.Memory;

namespace Review.Model.Scenarios;

/// <summary>What only the model carries out.</summary>
public sealed partial class ModelMachine
{
    private Answer Perform(ModelOnlyOperation operation, ulong start, ulong length)
    {
        var end = start + Pages.RoundUp(length);
        switch (operation)
        {
            case NoFaultRead:
                return ReadWithoutFaults(start);
            case NumaHint:
                machine = machine.AddNumaHints(Space, start, end);
                return CallAnswer.Of(0);
            case GetUserPages gup:
                return TakePages(gup, start, Pages.Number(Pages.RoundUp(length)));
            case DeclareVolatile declared:
                var error = VolatileMemory.Mark(ref machine, Space, new VolatileRange(start, end, declared.Policy));
                return error == Errno.None ? CallAnswer.Of(0) : CallAnswer.Failed(error);
            case Purge:
                machine = machine.Purge(Space, start, end);
                return CallAnswer.Of(0);
            default:
                return new NotPossible($"the model does not know {operation.GetType().Name}");
        }
    }

    private Answer ReadWithoutFaults(ulong address)
    {
        var process = machine.Process(current.Process);
        machine = machine.With(current.Process, process with { PageFaultsDisabled = true });
        var answer = Answer(new AccessCall(current, address, null));
        machine = machine.With(current.Process, process);
        return answer;
    }

    private Answer TakePages(GetUserPages gup, ulong start, ulong count)
    {
        var before = machine;
        var answer = Answer(new GupCall(current, Space, start, count, gup.Flags, gup.IsFast));
        for (var from = 0UL; machine.Frames.TryNext(from, ulong.MaxValue, out var number, out var frame); from = number + 1)
        {
            // A call that returned holds nothing any more once its caller has put the pages.
            for (var left = frame.References - before.Frames[number].References; left > 0; left--)
            {
                machine = machine.Release((int)number, pin: false);
            }

            for (var left = frame.Pins - before.Frames[number].Pins; left > 0; left--)
            {
                machine = machine.Release((int)number, pin: true);
            }
        }

        return answer;
    }
}
