using Review.Model.Collections;

namespace Review.Model.Userfault;

/// <summary>Features of a userfaultfd (UFFD_FEATURE_*).</summary>
[Flags]
public enum UffdFeatures
{
    None = 0,
    PageFaultFlagWp = 1,
    EventFork = 2,
    EventRemap = 4,
    EventRemove = 8,
    EventUnmap = 64,
    SigBus = 128,
    WpUnpopulated = 1 << 13,
}

/// <summary>What a message of a userfaultfd says (UFFD_EVENT_*).</summary>
public enum UffdEvent : byte
{
    PageFault,
    Fork,
    Remap,
    Remove,
    Unmap,
}

/// <summary>What a fault's message says of it (UFFD_PAGEFAULT_FLAG_), with the kernel's values.</summary>
[Flags]
public enum UffdFaultFlags
{
    None = 0,
    Write = 1,
    WriteProtected = 2,
    Minor = 4,
}

/// <summary>
/// A message. Its sender waits until an event is read, or until a fault is resolved.
/// </summary>
/// <param name="Ticket">Identity, for the waiting sender.</param>
/// <param name="Event">What happened.</param>
/// <param name="Start">First byte; for a fault the page's address, for REMAP the old address, for FORK the number of the child's userfaultfd.</param>
/// <param name="End">First byte behind; for REMAP the new address; for a fault 0.</param>
/// <param name="Length">For REMAP, the length in bytes; for a fault, <see cref="UffdFaultFlags"/>.</param>
/// <param name="IsRead">A fault that was read and is not resolved yet.</param>
public readonly record struct UffdMessage(int Ticket, UffdEvent Event, ulong Start, ulong End = 0, ulong Length = 0, bool IsRead = false);

/// <summary>A userfaultfd with the messages nobody has dealt with yet.</summary>
public sealed record Userfaultfd(int Space, UffdFeatures Features)
{
    /// <summary>Messages whose senders wait, oldest first.</summary>
    public Seq<UffdMessage> Messages { get; init; } = [];

    /// <summary>Ticket of the next message.</summary>
    public int NextTicket { get; init; } = 1;

    /// <summary>The userfaultfd of the parent process it came into being from (EVENT_FORK), 0 for none.</summary>
    public int ForkedFrom { get; init; }

    /// <summary>Whether a monitor has a descriptor of it: at once, or after it has read the EVENT_FORK that brings one (resolve_userfault_fork()).</summary>
    public bool HasMonitor { get; init; } = true;

    /// <summary>Whether its last descriptor was closed.</summary>
    public bool IsClosed { get; init; }

    /// <summary>mmap_changing: an event was sent and not read yet; UFFDIO_COPY and others answer EAGAIN meanwhile.</summary>
    public bool IsMmapChanging
    {
        get
        {
            foreach (var message in Messages.AsSpan())
            {
                if (message.Event != UffdEvent.PageFault)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether a message waits to be read.</summary>
    public bool IsReadable
    {
        get
        {
            foreach (var message in Messages.AsSpan())
            {
                if (!message.IsRead)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether the sender of this message still has to wait.</summary>
    public bool IsPending(int ticket)
    {
        foreach (var message in Messages.AsSpan())
        {
            if (message.Ticket == ticket)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it wants these events.</summary>
    public bool Wants(UffdFeatures feature) => (Features & feature) != UffdFeatures.None;
}
