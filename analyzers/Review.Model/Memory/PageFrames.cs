namespace Review.Model.Memory;

/// <summary>Taking, mapping, referencing and giving back page frames. A frame nobody needs any more is freed at once.</summary>
public static class PageFrames
{
    /// <summary>Takes a free frame, the one with the lowest number; the caller maps, references or caches it at once.</summary>
    public static Machine AllocateFrame(this Machine machine, Frame frame, out int number)
    {
        var free = machine.Frames.LowestFree(1);
        number = (int)free;
        return machine with { Frames = machine.Frames.With(free, frame with { Flags = frame.Flags | FrameFlags.Used }) };
    }

    /// <summary>A frame's description.</summary>
    public static Frame FrameAt(this Machine machine, int number) => machine.Frames[(ulong)number];

    /// <summary>The machine with a frame changed; frees it when nothing needs it.</summary>
    public static Machine WithFrame(this Machine machine, int number, Frame frame) =>
        machine with { Frames = machine.Frames.With((ulong)number, frame.IsNeeded ? frame : default) };

    /// <summary>One more page table entry maps it: folio_add_..._rmap().</summary>
    public static Machine AddMapping(this Machine machine, int number)
    {
        var frame = machine.FrameAt(number);
        return machine.WithFrame(number, frame with { MapCount = (ushort)(frame.MapCount + 1) });
    }

    /// <summary>One page table entry less maps it: folio_remove_rmap_pte().</summary>
    public static Machine DropMapping(this Machine machine, int number)
    {
        var frame = machine.FrameAt(number);
        return machine.WithFrame(number, frame with { MapCount = (ushort)(frame.MapCount - 1) });
    }

    /// <summary>folio_mark_dirty(), for a page of a file or one that MADV_FREE has marked clean.</summary>
    public static Machine MarkDirty(this Machine machine, int number)
    {
        var frame = machine.FrameAt(number);
        return (frame.Flags & (FrameFlags.Cached | FrameFlags.LazyFree)) != FrameFlags.None && !frame.Has(FrameFlags.Dirty) ? machine.WithFrame(number, frame with { Flags = frame.Flags | FrameFlags.Dirty }) : machine;
    }

    /// <summary>try_grab_folio(): a reference of FOLL_GET, or a pin of FOLL_PIN.</summary>
    public static Machine Grab(this Machine machine, int number, bool pin)
    {
        var frame = machine.FrameAt(number);
        return machine.WithFrame(number, pin ? frame with { Pins = (ushort)(frame.Pins + 1) } : frame with { References = (ushort)(frame.References + 1) });
    }

    /// <summary>put_page() or unpin_user_page().</summary>
    public static Machine Release(this Machine machine, int number, bool pin)
    {
        var frame = machine.FrameAt(number);
        return machine.WithFrame(number, pin ? frame with { Pins = (ushort)(frame.Pins - 1) } : frame with { References = (ushort)(frame.References - 1) });
    }
}
