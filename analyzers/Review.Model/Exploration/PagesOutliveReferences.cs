using System.Globalization;
using Review.Model.Collections;
using Review.Model.Memory;

namespace Review.Model.Exploration;

/// <summary>References and pins that a thread has taken on a page frame and not given back.</summary>
public readonly record struct HeldFrame(int Thread, int Frame, int Count);

/// <summary>No page is freed while a thread holds a reference or a pin on it. Keeps books of its own, so that a put_page() too many shows.</summary>
public sealed record PagesOutliveReferences() : Property("pages-outlive-references")
{
    private Seq<HeldFrame> Held { get; init; } = [];

    /// <inheritdoc/>
    public override string Claim => "no page is freed while a thread holds a reference or a pin on it";

    /// <inheritdoc/>
    public override Property After(in Transition step, out Breach? breach)
    {
        breach = null;
        if (ReferenceEquals(step.Before.Frames, step.After.Frames))
        {
            return this;
        }

        var thread = step.Call.Current.Thread;
        var held = Held;
        for (var from = 0UL; step.After.Frames.TryNext(from, ulong.MaxValue, out var number, out var frame); from = number + 1)
        {
            var taken = Users(frame) - Users(step.Before.Frames[number]);
            held = taken == 0 ? held : Changed(held, thread, (int)number, taken);
        }

        for (var i = held.Count - 1; i >= 0; i--)
        {
            if (step.After.FrameAt(held[i].Frame).Has(FrameFlags.Used))
            {
                continue;
            }

            if (held[i].Thread != thread)
            {
                breach = new Breach(string.Create(CultureInfo.InvariantCulture, $"page frame {held[i].Frame} was freed, and thread {held[i].Thread} holds a reference or a pin on it"));
                return this;
            }

            held = held.RemoveAt(i);
        }

        return ReferenceEquals(held, Held) ? this : this with { Held = held };
    }

    private static int Users(Frame frame) => frame.References + frame.Pins;

    private static Seq<HeldFrame> Changed(Seq<HeldFrame> held, int thread, int frame, int taken)
    {
        for (var i = 0; i < held.Count; i++)
        {
            if (held[i].Thread == thread && held[i].Frame == frame)
            {
                var count = held[i].Count + taken;
                return count == 0 ? held.RemoveAt(i) : held.With(i, held[i] with { Count = count });
            }
        }

        return held.Add(new HeldFrame(thread, frame, taken));
    }
}
