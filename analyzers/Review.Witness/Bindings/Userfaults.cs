using Review.Model.Memory;
using Review.Model.Userfault;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>userfaultfd (fs/userfaultfd.c).</summary>
internal static class Userfaults
{
    /// <summary>
    /// userfaultfd_remove(): true if nobody wants to know. Else drops mmap_lock, waits until the event was read, and says false; it does not take the lock again.
    /// </summary>
    public static IEnumerable<Outcome> Remove(KernelCall call)
    {
        if (call.State.Phase == 0)
        {
            var vma = call.Vma(0);
            if (vma.Userfaultfd == 0 || !call.Machine.Uffd(vma.Userfaultfd).Wants(UffdFeatures.EventRemove))
            {
                yield return new Outcome(call.State, Value.Of(1));
                yield break;
            }

            var sent = call.Fork();
            sent.Machine = sent.Machine.Send(vma.Userfaultfd, UffdEvent.Remove, call.Number(1), call.Number(2), 0, out var ticket);
            Locking.DropAsReader(sent);
            yield return new Outcome(sent.State with { Phase = 1, Waiting = (vma.Userfaultfd, ticket) }, null);
        }
        else if (!call.Machine.Uffd(call.State.Waiting.Userfaultfd).IsPending(call.State.Waiting.Ticket))
        {
            yield return new Outcome(call.State with { Phase = 0, Waiting = default }, Value.Of(0));
        }
    }
}
