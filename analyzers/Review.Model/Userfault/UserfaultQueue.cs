using Review.Model.Faults;
using Review.Model.Memory;

namespace Review.Model.Userfault;

/// <summary>Sending, reading and resolving messages of a userfaultfd (fs/userfaultfd.c).</summary>
public static class UserfaultQueue
{
    /// <summary>
    /// handle_userfault(): asks the monitor for a page, or fails where nobody may wait. <paramref name="reason"/> is the VM_UFFD flag that the fault is reported for.
    /// </summary>
    public static FaultOutcome Ask(Machine machine, Vma vma, ulong address, FaultFlags flags, VmFlags reason = VmFlags.UffdMissing)
    {
        var uffd = machine.Uffd(vma.Userfaultfd);
        if (uffd.Wants(UffdFeatures.SigBus) || !flags.HasFlag(FaultFlags.AllowRetry))
        {
            return FaultOutcome.Failed(machine, FaultCode.SigBus);
        }

        if (flags.HasFlag(FaultFlags.NoWait))
        {
            return FaultOutcome.Failed(machine, FaultCode.Retry);
        }

        return new FaultOutcome(machine.Send(vma.Userfaultfd, UffdEvent.PageFault, address, 0, (ulong)FlagsOf(flags, reason), out var ticket), FaultCode.Retry, vma.Userfaultfd, ticket);
    }

    // userfault_msg()
    private static UffdFaultFlags FlagsOf(FaultFlags flags, VmFlags reason) =>
        (flags.HasFlag(FaultFlags.Write) ? UffdFaultFlags.Write : UffdFaultFlags.None)
        | (reason == VmFlags.UffdWp ? UffdFaultFlags.WriteProtected : UffdFaultFlags.None)
        | (reason == VmFlags.UffdMinor ? UffdFaultFlags.Minor : UffdFaultFlags.None);

    /// <summary>Puts a message into the queue.</summary>
    public static Machine Send(this Machine machine, int number, UffdEvent kind, ulong start, ulong end, ulong length, out int ticket)
    {
        var uffd = machine.Uffd(number);
        ticket = uffd.NextTicket;
        return machine.With(number, uffd with { Messages = uffd.Messages.Add(new UffdMessage(ticket, kind, start, end, length)), NextTicket = ticket + 1 });
    }

    /// <summary>
    /// read(): takes the next message, faults first. An event's sender goes on; a fault's sender waits until the page is there.
    /// </summary>
    public static Machine Read(this Machine machine, int number, out UffdMessage? message)
    {
        var uffd = machine.Uffd(number);
        var at = -1;
        for (var i = 0; i < uffd.Messages.Count; i++)
        {
            var candidate = uffd.Messages[i];
            if (!candidate.IsRead && (at < 0 || (candidate.Event == UffdEvent.PageFault && uffd.Messages[at].Event != UffdEvent.PageFault)))
            {
                at = i;
            }
        }

        if (at < 0)
        {
            message = null;
            return machine;
        }

        message = uffd.Messages[at];
        var left = message.Value.Event == UffdEvent.PageFault
            ? uffd.Messages.With(at, message.Value with { IsRead = true })
            : uffd.Messages.RemoveAt(at);
        machine = machine.With(number, uffd with { Messages = left });
        return message.Value is { Event: UffdEvent.Fork, Start: var child } ? machine.With((int)child, machine.Uffd((int)child) with { HasMonitor = true }) : machine;
    }

    /// <summary>wake_userfault(): the senders of faults in [start, end) try again.</summary>
    public static Machine Wake(this Machine machine, int number, ulong start, ulong end)
    {
        var uffd = machine.Uffd(number);
        var left = uffd.Messages;
        for (var i = left.Count - 1; i >= 0; i--)
        {
            if (left[i].Event == UffdEvent.PageFault && left[i].Start >= start && left[i].Start < end)
            {
                left = left.RemoveAt(i);
            }
        }

        return ReferenceEquals(left, uffd.Messages) ? machine : machine.With(number, uffd with { Messages = left });
    }
}
