/* The hot loop of the load generator: sends ready WebSocket frames on a fixed schedule and times what comes
 * back. Python (engine.py) connects, speaks the handshakes and reports; a Python client would cost more per
 * message than some of the servers that are measured.
 *
 * A template is one buffer of ready client frames with holes of fixed width. Frames are masked with the
 * constant key 5A5A5A5A, so that a byte is patched by one xor, wherever it stands.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MASK 0x5A
#define DIGITS 16                        /* of a stamp; microseconds since EPOCH_US, without a leading zero */
#define EPOCH_US 1000000000000000LL
#define VERSION_DIGITS 7
#define APART 61
#define SECOND_NS 1000000000LL
#define BURST 64                         /* sends between two looks at what came in */

enum { POINTER, DELTA, ACK, KINDS };     /* what a stamp times; a drawer sends the first two and hears acks */
enum { HOLE_STAMP, HOLE_VERSION, HOLE_ROOM };
enum { SENT = 0, HEARD = 2, LAGS = 5, LOST_SOCKETS, COUNTS };    /* SENT and HEARD are per kind */

typedef struct { int offset, hole; } Patch;
typedef struct { uint8_t *frames; int size, patches; Patch patch[40]; } Template;
typedef struct { uint8_t bytes[32]; int size, kind; } Marker;
typedef struct { int64_t offset_ns; int socket, kind; } Event;
typedef struct {
    int fd, room, draws, wants_out;
    uint8_t *in; int in_size, in_room;
    uint8_t *out; int out_size, out_at, out_room;
} Socket;

typedef struct {
    int epoll, sockets, events, markers, answers_pings, name_size, next_event;
    int64_t cycle_began_ns;              /* the schedule is one second, repeated */
    Socket *socket; int socket_room;
    Event *event;
    Marker marker[8];
    Template *template[2]; int templates[2];
    uint32_t *sequence[2];               /* per room: how many messages of a kind were sent */
    char *names;
    int64_t window_from, window_to;      /* stamps, us */
    int32_t *sample[KINDS + 1];          /* us: latencies of each kind, then how late each send was */
    int64_t sample_room, count[COUNTS];
} Engine;

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * SECOND_NS + t.tv_nsec;
}

static int64_t stamp_of(int64_t ns) { return ns / 1000 + EPOCH_US; }

Engine *engine_new(int rooms, int name_size, const char *names, int64_t samples, int answers_pings) {
    Engine *e = calloc(1, sizeof *e);
    e->epoll = epoll_create1(0);
    e->answers_pings = answers_pings, e->name_size = name_size;
    e->names = malloc((size_t)rooms * name_size);
    memcpy(e->names, names, (size_t)rooms * name_size);
    for (int kind = 0; kind < 2; kind++) e->sequence[kind] = calloc(rooms, sizeof(uint32_t));
    for (int kind = 0; kind <= KINDS; kind++) e->sample[kind] = malloc(samples * sizeof(int32_t));
    e->sample_room = samples;
    return e;
}

/* A stamp of this kind follows these bytes in what is received. */
void engine_marker(Engine *e, const uint8_t *bytes, int size, int kind) {
    Marker *m = &e->marker[e->markers++];
    memcpy(m->bytes, bytes, size);
    m->size = size, m->kind = kind;
}

/* `patches` is a flat list of offset, hole. */
void engine_template(Engine *e, int kind, const uint8_t *frames, int size, const int *patches, int patch_count) {
    e->template[kind] = realloc(e->template[kind], (e->templates[kind] + 1) * sizeof(Template));
    Template *t = &e->template[kind][e->templates[kind]++];
    t->frames = malloc(size);
    t->size = size;
    memcpy(t->frames, frames, size);
    t->patches = patch_count < 40 ? patch_count : 40;
    memcpy(t->patch, patches, t->patches * sizeof(Patch));
}

/* An open WebSocket, and what was read of it already. */
void engine_socket(Engine *e, int fd, int room, int draws, const uint8_t *read, int read_size) {
    if (e->sockets == e->socket_room) {
        e->socket_room = e->socket_room ? e->socket_room * 2 : 1024;
        e->socket = realloc(e->socket, e->socket_room * sizeof(Socket));
    }
    Socket *s = &e->socket[e->sockets];
    memset(s, 0, sizeof *s);
    s->fd = fd, s->room = room, s->draws = draws;
    s->in_room = read_size + 8192;
    s->in = malloc(s->in_room);
    s->in_size = read_size;
    memcpy(s->in, read, read_size);
    struct epoll_event wanted = {.events = EPOLLIN, .data.u32 = e->sockets++};
    epoll_ctl(e->epoll, EPOLL_CTL_ADD, fd, &wanted);
}

/* In each second, at this offset, this socket sends a message of this kind. To be called in order of time. */
void engine_event(Engine *e, int64_t offset_ns, int socket, int kind) {
    e->event = realloc(e->event, (e->events + 1) * sizeof(Event));
    e->event[e->events++] = (Event){offset_ns, socket, kind};
}

static void lose(Engine *e, Socket *s) {
    epoll_ctl(e->epoll, EPOLL_CTL_DEL, s->fd, 0);
    close(s->fd);
    s->fd = -1;
    e->count[LOST_SOCKETS]++;
}

static void want(Engine *e, int index, int wants_out) {
    Socket *s = &e->socket[index];
    s->wants_out = wants_out;
    struct epoll_event wanted = {.events = EPOLLIN | (wants_out ? EPOLLOUT : 0), .data.u32 = index};
    epoll_ctl(e->epoll, EPOLL_CTL_MOD, s->fd, &wanted);
}

/* Send now what the kernel takes, and queue the rest: the schedule never waits for the server. */
static void push(Engine *e, int index, const uint8_t *bytes, int size) {
    Socket *s = &e->socket[index];
    if (s->fd < 0) return;
    if (s->out_size == s->out_at) {
        s->out_size = s->out_at = 0;
        ssize_t sent = send(s->fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent == size) return;
        if (sent < 0 && errno != EAGAIN) { lose(e, s); return; }
        if (sent > 0) { bytes += sent; size -= sent; }
    }
    if (s->out_size + size > s->out_room) {
        s->out_room = (s->out_size + size) * 2;
        s->out = realloc(s->out, s->out_room);
    }
    memcpy(s->out + s->out_size, bytes, size);
    s->out_size += size;
    if (!s->wants_out) want(e, index, 1);
}

static void flush(Engine *e, int index) {
    Socket *s = &e->socket[index];
    ssize_t sent = send(s->fd, s->out + s->out_at, s->out_size - s->out_at, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN) lose(e, s);
    if (sent < 0) return;
    s->out_at += sent;
    if (s->out_at == s->out_size) want(e, index, 0);
}

static void keep(Engine *e, int kind, int64_t us) {
    int64_t *count = &e->count[HEARD + kind];
    if (*count < e->sample_room) e->sample[kind][(*count)++] = (int32_t)us;
}

static void write_number(uint8_t *at, int digits, int64_t value) {
    for (int d = digits - 1; d >= 0; d--, value /= 10) at[d] = ('0' + value % 10) ^ MASK;
}

static void fire(Engine *e, const Event *event, int64_t due_ns) {
    Socket *s = &e->socket[event->socket];
    uint32_t sequence = e->sequence[event->kind][s->room]++;
    /* Each room begins at a place of its own: people do not all move a group in the same moment. */
    uint32_t turn = sequence + (uint32_t)s->room * APART;
    Template *t = &e->template[event->kind][turn % e->templates[event->kind]];
    int64_t now = now_ns(), stamp = stamp_of(now);
    for (int i = 0; i < t->patches; i++) {
        uint8_t *at = t->frames + t->patch[i].offset;
        const char *name = e->names + (size_t)s->room * e->name_size;
        switch (t->patch[i].hole) {
        case HOLE_STAMP: write_number(at, DIGITS, stamp); break;
        case HOLE_VERSION: write_number(at, VERSION_DIGITS, 1000001 + sequence); break;
        case HOLE_ROOM: for (int d = 0; d < e->name_size; d++) at[d] = name[d] ^ MASK; break;
        }
    }
    push(e, event->socket, t->frames, t->size);
    if (stamp < e->window_from || stamp >= e->window_to) return;
    e->count[SENT + event->kind]++;
    keep(e, KINDS, (now - due_ns) / 1000);
}

static void hear(Engine *e, const Socket *s, const uint8_t *payload, int size, int64_t stamp_now) {
    for (int i = 0; i < e->markers; i++) {
        Marker *m = &e->marker[i];
        if (s->draws != (m->kind == ACK)) continue;
        const uint8_t *at = payload, *end = payload + size;
        while (end - at > m->size + DIGITS && (at = memmem(at, end - at, m->bytes, m->size))) {
            at += m->size;
            if (end - at < DIGITS) break;
            int64_t stamp = 0, d = 0;
            for (; d < DIGITS && at[d] >= '0' && at[d] <= '9'; d++) stamp = stamp * 10 + (at[d] - '0');
            if (d == DIGITS && stamp >= e->window_from && stamp < e->window_to) keep(e, m->kind, stamp_now - stamp);
        }
    }
}

static void answer(Engine *e, int index, int opcode, const uint8_t *payload, int size) {
    uint8_t frame[6 + 125] = {0x80 | opcode, 0x80 | size, MASK, MASK, MASK, MASK};
    for (int i = 0; i < size && i < 125; i++) frame[6 + i] = payload[i] ^ MASK;
    push(e, index, frame, 6 + size);
}

/* The size of the frame's head and, in `size`, of its payload; 0 where the head is not all there. */
static int head_of(const uint8_t *at, int64_t left, int64_t *size) {
    if (left < 2) return 0;
    int extra = (at[1] & 127) == 126 ? 2 : (at[1] & 127) == 127 ? 8 : 0;
    if (left < 2 + extra) return 0;
    *size = extra ? 0 : at[1] & 127;
    for (int i = 0; i < extra; i++) *size = *size << 8 | at[2 + i];
    return 2 + extra;
}

static void receive(Engine *e, int index) {
    Socket *s = &e->socket[index];
    ssize_t got = recv(s->fd, s->in + s->in_size, s->in_room - s->in_size, MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN)) lose(e, s);
    if (got <= 0) return;
    s->in_size += got;
    int64_t stamp_now = stamp_of(now_ns()), size = 0;
    int at = 0, head;
    while ((head = head_of(s->in + at, s->in_size - at, &size)) && s->in_size - at >= head + size) {
        const uint8_t *payload = s->in + at + head;
        int opcode = s->in[at] & 15;
        if (opcode == 8) lose(e, s);
        else if (opcode == 9) answer(e, index, 10, payload, (int)size);
        else if (e->answers_pings && opcode == 1 && size == 1 && payload[0] == '2')
            answer(e, index, 1, (const uint8_t *)"3", 1);
        else hear(e, s, payload, (int)size, stamp_now);
        if (s->fd < 0) return;
        at += head + size;
    }
    memmove(s->in, s->in + at, s->in_size - at);
    s->in_size -= at;
    if (head && head + size > s->in_room) {
        s->in_room = head + size + 8192;
        s->in = realloc(s->in, s->in_room);
    }
}

static void pump(Engine *e, int64_t wait_ns) {
    struct epoll_event found[256];
    struct timespec wait = {wait_ns / SECOND_NS, wait_ns % SECOND_NS};
    int count = epoll_pwait2(e->epoll, found, 256, &wait, 0);
    for (int i = 0; i < count; i++) {
        int index = found[i].data.u32;
        Socket *s = &e->socket[index];
        if (s->fd >= 0 && (found[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))) receive(e, index);
        if (s->fd >= 0 && (found[i].events & EPOLLOUT)) flush(e, index);
    }
}

/* Follow the schedule for so many seconds; what is sent meanwhile is measured if `measure`. */
void engine_run(Engine *e, double seconds, int measure) {
    int64_t now = now_ns(), end = now + (int64_t)(seconds * SECOND_NS);
    if (!e->cycle_began_ns) e->cycle_began_ns = now;
    if (measure) { e->window_from = stamp_of(now); e->window_to = stamp_of(end); }
    while ((now = now_ns()) < end) {
        int64_t due = end, burst = 0;
        for (; burst < BURST; burst++) {
            due = e->cycle_began_ns + e->event[e->next_event].offset_ns;
            if (due > now) break;
            fire(e, &e->event[e->next_event], due);
            if (++e->next_event == e->events) { e->next_event = 0; e->cycle_began_ns += SECOND_NS; }
        }
        int64_t wait = (due < end ? due : end) - now_ns();
        pump(e, burst < BURST && wait > 0 ? wait : 0);
    }
}

/* Listen until so many deliveries and acks were timed, at most so many seconds. */
void engine_drain(Engine *e, double seconds, int64_t deliveries, int64_t acks) {
    int64_t end = now_ns() + (int64_t)(seconds * SECOND_NS);
    const int64_t *heard = e->count + HEARD;
    while (now_ns() < end && (heard[POINTER] + heard[DELTA] < deliveries || heard[ACK] < acks)) pump(e, SECOND_NS / 50);
}

int64_t engine_count(const Engine *e, int what) { return e->count[what]; }

const int32_t *engine_samples(const Engine *e, int kind) { return e->sample[kind]; }

/* Close every socket and free all. */
void engine_close(Engine *e) {
    for (Socket *s = e->socket; s < e->socket + e->sockets; s++) {
        if (s->fd >= 0) close(s->fd);
        free(s->in), free(s->out);
    }
    for (int kind = 0; kind < 2; kind++) {
        for (int i = 0; i < e->templates[kind]; i++) free(e->template[kind][i].frames);
        free(e->template[kind]), free(e->sequence[kind]);
    }
    for (int kind = 0; kind <= KINDS; kind++) free(e->sample[kind]);
    close(e->epoll);
    free(e->socket), free(e->event), free(e->names), free(e);
}
