using Review.Model.Collections;
using Review.Model.Userfault;

namespace Review.Model.Calls;

/// <summary>
/// userfaultfd_unmap_complete() and mremap_userfaultfd_complete(): after the change, with no lock held, tells the userfaultfds one by
/// one and waits until each event was read.
/// </summary>
/// <param name="Current">The caller.</param>
/// <param name="Events">What is still to be told: the userfaultfd and the message (its ticket is given when it is sent).</param>
/// <param name="Then">The rest of the system call, or null.</param>
/// <param name="Result">Its result if there is no rest.</param>
public sealed record EventCall(Current Current, Seq<(int Userfaultfd, UffdMessage Message)> Events, Call? Then, CallResult Result) : Call(Current)
{
    /// <summary>Ticket of the message that is waited for, 0 for none.</summary>
    public int Ticket { get; init; }

    /// <inheritdoc/>
    public override string NextAction => Ticket == 0 ? "tell a userfaultfd" : "wait until the event is read";

    /// <summary>Goes on with the events, or without any at once with the rest.</summary>
    public static Step GoOn(Machine machine, Current current, Seq<(int Userfaultfd, UffdMessage Message)> events, Call? then, CallResult result) =>
        events.Count > 0 ? Calls.Step.GoOn(machine, new EventCall(current, events, then, result))
        : then is not null ? Calls.Step.GoOn(machine, then)
        : Calls.Step.End(machine, result);

    /// <inheritdoc/>
    public override Step Step(Machine machine)
    {
        var (uffd, message) = Events[0];
        if (Ticket == 0)
        {
            return Calls.Step.GoOn(machine.Send(uffd, message.Event, message.Start, message.End, message.Length, out var ticket), this with { Ticket = ticket });
        }

        return machine.Uffd(uffd).IsPending(Ticket)
            ? Calls.Step.Wait(machine, this)
            : GoOn(machine, Current, Events.RemoveAt(0), Then, Result);
    }
}
