"""The Python client rekuest-next 0.22.0 as a peer of the embedded server.

    python peer.py provide    provides `double`, `adouble` and a function for each kind of value until it is ended
    python peer.py call       calls `add_int` and `echo_str` of the app "showcase", prints what comes back

REKUEST_WS, REKUEST_HTTP, REKUEST_GQL_WS and REKUEST_TOKEN say where the server is.
"""

import asyncio
import datetime
import enum
import os
import sys
from typing import AsyncGenerator, Generator

from graphql import OperationType
from rath.links.aiohttp import AIOHttpLink
from rath.links.auth import ComposedAuthLink
from rath.links.graphql_ws import GraphQLWSLink
from rath.links.split import SplitLink
from rekuest_next.agents.base import BaseAgent
from rekuest_next.agents.transport.websocket import WebsocketAgentTransport
from rekuest_next.api.schema import Action, aimplementations_for, afind
from rekuest_next.postmans.graphql import GraphQLPostman
from rekuest_next.rath import RekuestNextLinkComposition, RekuestNextRath
from rekuest_next.rekuest import RekuestNext
from rekuest_next.remote import acall
from rekuest_next.structures.model import model


async def token() -> str:
    return os.environ["REKUEST_TOKEN"]


def double(x: int) -> int:
    """Doubles a number"""
    return 2 * x


async def adouble(x: float, note: str = "twice") -> tuple[float, str]:
    """Doubles a number

    Args:
        x (float): the number
        note (str): comes back
    """
    return 2 * x, note


class Color(enum.Enum):
    """A color"""

    RED = "red"
    GREEN = "green"


@model
class Point:
    """A point"""

    x: int
    y: float


class Blob:
    """A value that stays here"""

    def __init__(self, text: str) -> None:
        self.text = text


def echo_bool(v: bool) -> bool:
    """Comes back"""
    return v


def echo_int(v: int) -> int:
    """Comes back"""
    return v


def echo_float(v: float) -> float:
    """Comes back"""
    return v


def echo_str(v: str) -> str:
    """Comes back"""
    return v


def echo_date(v: datetime.datetime) -> datetime.datetime:
    """Comes back"""
    return v


def echo_list(v: list[int]) -> list[int]:
    """Comes back"""
    return v


def echo_dict(v: dict[str, float]) -> dict[str, float]:
    """Comes back"""
    return v


def echo_enum(v: Color) -> Color:
    """Comes back"""
    return v


def echo_model(v: Point) -> Point:
    """Comes back"""
    return v


def echo_union(v: int | str) -> int | str:
    """Comes back"""
    return v


def optional(v: int | None = None) -> str:
    """What came, as text: this client cannot return nothing"""
    return repr(v)


def echo_nested(v: dict[str, list[Point]]) -> dict[str, list[Point]]:
    """Comes back"""
    return v


def keep(text: str) -> Blob:
    """Keeps a text here"""
    return Blob(text)


def kept(blob: Blob) -> str:
    """Reads a text that is kept here"""
    return blob.text


async def name_of(action: Action) -> str:
    """The name of what is known by its id"""
    return action.name


async def same(action: Action) -> Action:
    """Comes back"""
    return action


def count(n: int) -> Generator[int, None, None]:
    """Counts"""
    for i in range(n):
        yield i


async def acount(n: int) -> AsyncGenerator[int, None]:
    """Counts"""
    for i in range(n):
        yield i


def fails(why: str) -> str:
    """Fails"""
    raise ValueError(why)


async def sleeps(seconds: float) -> str:
    """Sleeps"""
    await asyncio.sleep(seconds)
    return "slept"


KINDS = [
    echo_bool, echo_int, echo_float, echo_str, echo_date, echo_list, echo_dict, echo_enum, echo_model, echo_union,
    optional, echo_nested,
    keep, kept, name_of, same, count, acount, fails, sleeps,
]


def client() -> RekuestNext:
    http = AIOHttpLink(endpoint_url=os.environ["REKUEST_HTTP"])
    sockets = GraphQLWSLink(ws_endpoint_url=os.environ["REKUEST_GQL_WS"], on_connect=on_connect)
    rath = RekuestNextRath(
        link=RekuestNextLinkComposition(
            auth=ComposedAuthLink(token_loader=token, token_refresher=token),
            split=SplitLink(left=http, right=sockets, split=lambda o: o.node.operation != OperationType.SUBSCRIPTION),
        )
    )
    agent = BaseAgent(
        transport=WebsocketAgentTransport(endpoint_url=os.environ["REKUEST_WS"], token_loader=token),
        instance_id="default",
        rath=rath,
        name="pyapp:0.1.0",
    )
    return RekuestNext(rath=rath, agent=agent, postman=GraphQLPostman(rath=rath, instance_id="default"))


async def on_connect(params: dict | None = None) -> dict:
    return {"token": await token()}


async def provide() -> None:
    app = client()
    app.register(double)
    app.register(adouble)
    for function in KINDS:
        app.register(function)
    async with app:
        await app.arun()


async def call() -> None:
    async with client() as app:
        hashes = dict(pair.split("=") for pair in sys.argv[2:])
        for interface, args in [("add_int", {"a": 4, "b": 5}), ("add_int", {"a": 4}), ("echo_str", {"s": "hü😀"})]:
            found = await aimplementations_for(hash=hashes[interface], rath=app.rath)
            action = await afind(hash=found[0].action.hash, rath=app.rath)
            result = await asyncio.wait_for(acall(action, postman=app.postman, **args), 30)
            print(interface, result, flush=True)


asyncio.run({"provide": provide, "call": call}[sys.argv[1]]())
